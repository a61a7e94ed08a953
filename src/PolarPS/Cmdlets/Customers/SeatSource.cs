using System.ComponentModel;

namespace PolarPS.Commands;

/// <summary>What seats belong to: a subscription or an order.</summary>
/// <param name="SubscriptionId">The id of the subscription; null for an order.</param>
/// <param name="OrderId">The id of the order; null for a subscription.</param>
[TypeConverter(typeof(ReadingConverter))]
public sealed record SeatSource(string? SubscriptionId, string? OrderId)
{
    /// <summary>The kind and the id, as sentences have them.</summary>
    /// <returns>Such as <c>order 4dd6…</c>.</returns>
    public override string ToString() => SubscriptionId is { } id ? "subscription " + id : "order " + OrderId;
}

/// <summary>
/// Accepts subscriptions and orders from the pipeline and distinguishes them by type, which an id cannot do. An order
/// created for a subscription counts as the subscription: that is what the seats belong to.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SeatSourceTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly PolarIdAttribute Subscriptions = new(typeof(Subscription));
    private static readonly PolarIdAttribute Orders = new(typeof(Order)) { IdOnly = true };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        switch (value)
        {
            case null or SeatSource:
                return value;
            case string or Guid:
                throw new RefusedArgumentException(
                    "An id alone could be a subscription or an order: use -SubscriptionId or -OrderId."
                );
            case Order { SubscriptionId: null }:
                return OfOrder(inputData!);
            case Subscription or Order:
                return OfSubscription(inputData!);
            case PolarObject other:
                throw new RefusedArgumentException(
                    $"Expected a subscription or an order, but this is {Kinds.OneOf(other.GetType())}."
                );
        }

        // A copy that Select-Object, Import-Clixml or a job has made, or an object with a property that names one.
        foreach (var of in new Func<object, SeatSource>[] { OfSubscription, OfOrder })
        {
            try
            {
                return of(inputData!);
            }
            catch (RefusedArgumentException)
            {
                // Neither is said below.
            }
        }

        var type = PSObject.AsPSObject(inputData).TypeNames[0];
        throw new RefusedArgumentException(
            $"Expected a subscription, an order, or an object with a SubscriptionId or OrderId property, but this is a {type}."
        );

        SeatSource OfSubscription(object item) => new((string)Subscriptions.Transform(engineIntrinsics, item)!, null);
        SeatSource OfOrder(object item) => new(null, (string)Orders.Transform(engineIntrinsics, item)!);
    }
}
