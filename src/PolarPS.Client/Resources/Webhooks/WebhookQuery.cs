namespace PolarPS.Client;

/// <summary>Which endpoints to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class WebhookEndpointQuery : ListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    internal override void AddFilters(QueryBuilder query) => query.Add("organization_id", OrganizationId);
}

/// <summary>Which deliveries to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class WebhookDeliveryQuery : ListQuery
{
    /// <summary>Only deliveries to these endpoints.</summary>
    public IReadOnlyList<string>? EndpointId { get; set; }

    /// <summary>Only deliveries of this time or later.</summary>
    public DateTimeOffset? StartTimestamp { get; set; }

    /// <summary>Only deliveries of this time or earlier.</summary>
    public DateTimeOffset? EndTimestamp { get; set; }

    /// <summary>Only deliveries that the endpoint accepted (true), only others (false), or both (null).</summary>
    public bool? Succeeded { get; set; }

    /// <summary>Only deliveries in which this occurs.</summary>
    public string? Query { get; set; }

    /// <summary>Only deliveries answered with such a status: <c>2xx</c>, <c>3xx</c>, <c>4xx</c>, <c>5xx</c>.</summary>
    public string? HttpCodeClass { get; set; }

    /// <summary>Only deliveries of events of these types, such as <c>order.paid</c>.</summary>
    public IReadOnlyList<string>? EventType { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("endpoint_id", EndpointId)
            .Add("start_timestamp", StartTimestamp)
            .Add("end_timestamp", EndTimestamp)
            .Add("succeeded", Succeeded)
            .Add("query", Query)
            .Add("http_code_class", HttpCodeClass)
            .Add("event_type", EventType);
}
