namespace PolarPS.Commands;

/// <summary>
/// Describes a postal address for -BillingAddress of other cmdlets; sends nothing. It is part of operations such as
/// customers:create and orders:update.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarAddress")]
[OutputType(typeof(AddressInput))]
public sealed class NewPolarAddressCommand : ScreenCmdlet
{
    private RowBinder? _rows;

    /// <summary>The two-letter ISO 3166 code of the country.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "Two letters of ISO 3166, such as US"
    )]
    [Text]
    [ArgumentCompleter(typeof(CountryCompleter))]
    [ValidatePattern("^[A-Za-z]{2}$")]
    public string Country { get; set; } = string.Empty;

    /// <summary>The first line.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Line1 { get; set; }

    /// <summary>The second line.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Line2 { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? PostalCode { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? City { get; set; }

    /// <summary>The state or province; in the United States and Canada its two-letter code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? State { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _rows = new RowBinder(this);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var problems = _rows!.Take(RowColumns.All, static _ => true);
            if (problems.Count > 0)
            {
                WriteError(ErrorRecords.BadRow(_rows.Row, problems, "address"));
                return;
            }

            WriteAddress();
        }
        finally
        {
            _rows!.Release();
        }
    }

    private void WriteAddress()
    {
        // An empty column of a CSV file says nothing.
        var address = new AddressInput { Country = Country.ToUpperInvariant() };
        if (!string.IsNullOrEmpty(Line1))
        {
            address.Line1 = Line1;
        }

        if (!string.IsNullOrEmpty(Line2))
        {
            address.Line2 = Line2;
        }

        if (!string.IsNullOrEmpty(PostalCode))
        {
            address.PostalCode = PostalCode;
        }

        if (!string.IsNullOrEmpty(City))
        {
            address.City = City;
        }

        if (!string.IsNullOrEmpty(State))
        {
            address.State = State;
        }

        WriteObject(address);
    }
}
