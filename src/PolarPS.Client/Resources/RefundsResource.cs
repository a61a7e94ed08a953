using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client.Models;

namespace PolarPS.Client;

/// <summary>Money paid back.</summary>
public sealed class RefundsResource
{
    private const string Root = "/v1/refunds/";

    private readonly ApiConnection _connection;

    internal RefundsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All refunds, or those that match. Operation <c>refunds:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public PagedList<Refund> List(RefundQuery? query = null) =>
        new(_connection, Root, query ?? new RefundQuery(), PolarJson.Default.ListEnvelopeRefund, item => item.Id);

    /// <summary>Pays back an order, or a part of it. Operation <c>refunds:create</c>; never sent twice.</summary>
    /// <param name="body">What to pay back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The refund, which may still be pending.</returns>
    /// <exception cref="PolarPermissionException">All of it has been paid back already, or Polar does not allow it.</exception>
    public Task<Refund> CreateAsync(RefundCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body).MovingMoney(), PolarJson.Default.Refund, cancellationToken);
}
