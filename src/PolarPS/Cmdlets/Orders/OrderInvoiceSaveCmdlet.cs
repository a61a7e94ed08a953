namespace PolarPS.Commands;

/// <summary>Downloads the invoices of orders, for sellers and customers, and has missing ones generated.</summary>
public abstract class OrderInvoiceSaveCmdlet : DownloadPolarCmdlet
{
    /// <summary>Has Polar generate the invoices that do not exist yet, and waits for them.</summary>
    [Parameter]
    public SwitchParameter Generate { get; set; }

    /// <summary>How many seconds to wait at most for each invoice that is generated.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    internal abstract string[] Orders { get; }

    internal override string Activity => "Downloading the invoice";

    internal override string NamesInFolder => "each file is named after its number";

    internal override NameUse NameUse => Generate ? NameUse.Write : NameUse.Read;

    internal override void ProcessInput()
    {
        foreach (var id in Orders)
        {
            Try(OrderInvoices.Subject(id), () => Save(id));
        }
    }

    private void Save(string id)
    {
        if (FindTarget(() => FileName(id)) is not { } target)
        {
            return;
        }

        var invoice = Generate ? Await(token => OrderInvoices.FindAsync(this.OrdersOf(Client), id, token)) : null;
        var isMissing = Generate && invoice is null;
        var action = isMissing ? "Generate the invoice and save it" : "Save the invoice";
        if (!ShouldProcess(target, $"{action}: {OrderInvoices.NameOf(this, id)} in {UsedConnection}"))
        {
            if (isMissing && IsWhatIf)
            {
                WriteVerbose(
                    PreviewHandler.Describe((client, token) => this.OrdersOf(client).GenerateInvoiceAsync(id, token))
                );
            }

            return;
        }

        if (isMissing)
        {
            Await(token => this.OrdersOf(Client).GenerateInvoiceAsync(id, token));
            invoice = this.WaitForInvoice(id, TimeoutSeconds);
            if (invoice is null)
            {
                return;
            }
        }

        invoice ??= Await(token => this.OrdersOf(Client).GetInvoiceAsync(id, token));
        Download(
            target,
            (options, token) => new FileDownload { Url = invoice.Url }.DownloadAsync(target, options, token)
        );
    }

    private string FileName(string id)
    {
        var order = UsedConnection.Seen.Find<Order>(id) ?? Await(token => this.OrdersOf(Client).GetAsync(id, token));
        return FileNames.From(order.InvoiceNumber, id, ".pdf");
    }
}
