using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>What came of a call.</summary>
/// <param name="Value">What it returned; of a list its items.</param>
/// <param name="Failure">What it threw; null when it did not.</param>
/// <param name="Requests">What it sent.</param>
internal sealed record CallResult(object? Value, Exception? Failure, IReadOnlyList<Sent> Requests);

/// <summary>A public method of one of the client's resources.</summary>
internal sealed class ClientMethod
{
    private readonly IReadOnlyList<PropertyInfo> _way;

    private ClientMethod(IReadOnlyList<PropertyInfo> way, MethodInfo method)
    {
        _way = way;
        Info = method;
        Name = string.Join('.', way.Select(static step => step.Name).Append(method.Name));
    }

    public static Uri Address { get; } = new("https://polar.test/");

    /// <summary>As a configured HttpClient sends it.</summary>
    public static AuthenticationHeaderValue SignedIn { get; } = new("Bearer", "polar_oat_sample");

    public MethodInfo Info { get; }

    /// <summary>How a program calls it: <c>Products.GetAsync</c>.</summary>
    public string Name { get; }

    public ParameterInfo? BodyParameter =>
        Info.GetParameters().FirstOrDefault(static item => typeof(RequestBody).IsAssignableFrom(item.ParameterType));

    public bool IsList => IsAsyncEnumerable(Info.ReturnType, out _);

    /// <summary>Whether it returns something that comes from the answer.</summary>
    public bool ReturnsValue => IsList || Info.ReturnType.IsGenericType;

    /// <summary>All methods of all resources, those in groups of resources too.</summary>
    public static IReadOnlyList<ClientMethod> FindAll() => [.. Find(typeof(PolarClient), [])];

    /// <summary>Arguments with everything set.</summary>
    public object?[] MakeArguments(SampleArguments samples) =>
        [.. Info.GetParameters().Select(item => samples.Make(item.ParameterType, item.Name!))];

    /// <summary>Calls it over a stub and takes all that it gives.</summary>
    /// <param name="arguments">One a parameter.</param>
    /// <param name="answer">What the stub answers.</param>
    /// <param name="witness">Sees each request on its way to the stub; null for nobody.</param>
    public async Task<CallResult> CallAsync(
        object?[] arguments,
        Func<Sent, StubAnswer> answer,
        DelegatingHandler? witness = null
    )
    {
        using var handler = Stub.Answering(answer);
        witness?.InnerHandler = handler;
        using var http = new HttpClient((HttpMessageHandler?)witness ?? handler) { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = SignedIn;
        object owner = new PolarClient(http);
        foreach (var step in _way)
        {
            owner = step.GetValue(owner)!;
        }

        try
        {
            var result = await DrainAsync(Info.Invoke(owner, arguments)).WaitAsync(TimeSpan.FromSeconds(30));
            return new CallResult(result, null, handler.Requests);
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return new CallResult(null, cause, handler.Requests);
        }
    }

    public override string ToString() => Name;

    // Of other methods, which are called by themselves.
    private static readonly HashSet<(Type, string)> Combined =
    [
        (typeof(CustomersResource), nameof(CustomersResource.FindExternalAsync)),
        (typeof(BenefitsResource), nameof(BenefitsResource.MergeAsync)),
        (typeof(EventsResource), nameof(EventsResource.FollowAsync)),
        (typeof(EventsResource), nameof(EventsResource.SendAsync)),
        (typeof(EventsResource), nameof(EventsResource.SendAllAsync)),
        (typeof(EventTypesResource), nameof(EventTypesResource.GetAsync)),
        (typeof(FilesResource), nameof(FilesResource.GetAsync)),
        (typeof(LicenseKeysResource), nameof(LicenseKeysResource.ListOfCustomersAsync)),
        (typeof(OAuth2ClientsResource), nameof(OAuth2ClientsResource.ChangeAsync)),
        (typeof(PortalCustomerResource), nameof(PortalCustomerResource.GetPaymentMethodAsync)),
        (typeof(PortalCustomerResource), nameof(PortalCustomerResource.TestEmailUpdateAsync)),
        (typeof(PortalDownloadablesResource), nameof(PortalDownloadablesResource.GetAsync)),
        (typeof(PortalMembersResource), nameof(PortalMembersResource.GetAsync)),
        (typeof(RefundsResource), nameof(RefundsResource.GetAsync)),
    ];

    private static IEnumerable<ClientMethod> Find(Type type, IReadOnlyList<PropertyInfo> way)
    {
        const BindingFlags Flags = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;
        if (way.Count > 0)
        {
            foreach (var method in type.GetMethods(Flags).Where(static method => !method.IsSpecialName))
            {
                // A verdict is drawn from the answer of a method that is called too: LicenseKeyVerdictTests.
                if (
                    method.GetBaseDefinition().DeclaringType != typeof(object)
                    && method.ReturnType != typeof(Task<LicenseKeyVerdict>)
                    && !Combined.Contains((type, method.Name))
                )
                {
                    yield return new ClientMethod(way, method);
                }
            }
        }

        foreach (var property in type.GetProperties(Flags))
        {
            if (property.PropertyType.Assembly == type.Assembly && property.PropertyType.IsClass)
            {
                foreach (var method in Find(property.PropertyType, [.. way, property]))
                {
                    yield return method;
                }
            }
        }
    }

    private static bool IsAsyncEnumerable(Type type, out Type? itemType)
    {
        itemType = type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(static type =>
                type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            )
            ?.GetGenericArguments()[0];
        return itemType is not null;
    }

    private static async Task<object?> DrainAsync(object? result)
    {
        if (result is Task task)
        {
            await task;
            result =
                task.GetType().GetProperty("Result") is { } property && property.PropertyType.Name != "VoidTaskResult"
                    ? property.GetValue(task)
                    : null;
        }

        if (result is not null && IsAsyncEnumerable(result.GetType(), out var itemType))
        {
            var drain = typeof(ClientMethod)
                .GetMethod(nameof(ListAsync), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(itemType!);
            return await (Task<object>)drain.Invoke(null, [result])!;
        }

        // An answer that is read while it arrives.
        var content = result as Stream ?? result?.GetType().GetProperty("Content")?.GetValue(result) as Stream;
        if (content is not null)
        {
            using var reader = new StreamReader(content);
            return await reader.ReadToEndAsync();
        }

        return result;
    }

    private static async Task<object> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<object?>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
