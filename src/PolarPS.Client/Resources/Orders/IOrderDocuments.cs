namespace PolarPS.Client;

/// <summary>What the seller and the customer do alike with the documents of orders.</summary>
internal interface IOrderDocuments
{
    /// <summary>One order.</summary>
    Task<Order> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Changes the billing details of an order's invoice.</summary>
    Task<Order> UpdateAsync(string id, OrderUpdate body, CancellationToken cancellationToken);

    /// <summary>Generates an order's invoice, which takes a few seconds.</summary>
    Task GenerateInvoiceAsync(string id, CancellationToken cancellationToken);

    /// <summary>Where an order's invoice can be downloaded.</summary>
    Task<OrderInvoice> GetInvoiceAsync(string id, CancellationToken cancellationToken);

    /// <summary>Where an order's receipt can be downloaded; null while it is being generated.</summary>
    Task<OrderReceipt?> GetReceiptAsync(string id, CancellationToken cancellationToken);
}
