namespace PolarPS.Client.Models;

/// <summary>The properties of an endpoint that can be set on creation and later.</summary>
public abstract class WebhookEndpointFields : RequestBody
{
    private protected WebhookEndpointFields() { }

    internal override void CheckField(string name, object? value)
    {
        if (name == "url" && value is string url)
        {
            CheckAddress(url);
        }

        base.CheckField(name, value);
    }

    // An event has names and addresses of customers in it. Whether a host is one that everyone can reach, only Polar can tell; a
    // local emulator delivers to this computer, without TLS too.
    private static void CheckAddress(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        )
        {
            throw new ArgumentException(
                "The address of an endpoint must begin with https:// and name a host that everyone can reach: Polar delivers to no "
                    + "other, neither to plain http nor to a private network. Only an emulator delivers to http://localhost."
            );
        }
    }

    /// <summary>The address: https, and reachable from the internet.</summary>
    public string? Url
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>A name for yourself; null for none.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What is sent: <c>raw</c> (the event itself), or a message for <c>discord</c> or <c>slack</c>.</summary>
    public string? Format
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The types of the events that are sent, such as <c>order.paid</c>; see <see cref="WebhookEvent.Types"/>.</summary>
    public IReadOnlyList<string>? Events
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>The version of the API in which later events are written, such as <c>2026-10</c>.</summary>
    public string? ApiVersion
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new endpoint: an address, a format and the events.</summary>
public sealed class WebhookEndpointCreate : WebhookEndpointFields
{
    /// <summary>The id of the organization; only with a user's token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of an endpoint; only what is set is changed.</summary>
public sealed class WebhookEndpointUpdate : WebhookEndpointFields
{
    /// <summary>Whether Polar delivers to it; true switches it on again after failures.</summary>
    public bool? Enabled
    {
        get => Get<bool?>();
        set => Set(value);
    }
}
