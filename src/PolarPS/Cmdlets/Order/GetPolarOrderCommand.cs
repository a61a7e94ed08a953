using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Gets orders by id, or streams those that match. Operations orders:get and orders:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOrder", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Order))]
public sealed class GetPolarOrderCommand : GetPolarCmdlet<Order>
{
    /// <summary>The ids of orders, orders, or objects that belong to one.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Order))]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[]? Id { get; set; }

    /// <summary>Only orders with these statuses, such as paid.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(OrderStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only orders of these customers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only orders of customers with one of these ids of your own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string[]? ExternalCustomerId { get; set; }

    /// <summary>Only orders of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only one-time purchases (one_time), or periods of subscriptions (recurring).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BillingTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BillingType { get; set; }

    /// <summary>Only orders of these subscriptions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only orders with one of these discounts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Discount))]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [ValidateNotNullOrEmpty]
    [Alias("Discount")]
    public string[]? DiscountId { get; set; }

    /// <summary>Only orders that came from these checkouts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Checkout))]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [ValidateNotNullOrEmpty]
    [Alias("Checkout")]
    public string[]? CheckoutId { get; set; }

    /// <summary>Only orders created at this time or later; a time without a zone is the computer's own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Only orders created at this time or earlier; a time without a zone is the computer's own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>Only orders with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>Only orders of these organizations; matters with a user's token.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(OrderSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override Task<Order> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Orders.GetAsync(id, cancellationToken);

    internal override PagedList<Order> List() =>
        Client.Orders.List(
            Extent(
                new OrderQuery
                {
                    Status = Status,
                    CustomerId = CustomerId,
                    ExternalCustomerId = ExternalCustomerId,
                    ProductId = ProductId,
                    ProductBillingType = BillingType,
                    SubscriptionId = SubscriptionId,
                    DiscountId = DiscountId,
                    CheckoutId = CheckoutId,
                    CreatedAfter = IsBound(nameof(CreatedAfter)) ? CreatedAfter : null,
                    CreatedBefore = IsBound(nameof(CreatedBefore)) ? CreatedBefore : null,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
