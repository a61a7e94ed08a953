using System.ComponentModel;

namespace PolarPS.Commands;

/// <summary>An order to refund: its id and, where an order was given and not only its id, what it was like.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class OrderReference : IReference
{
    internal OrderReference(string id, Order? order)
    {
        Id = id;
        Order = order;
    }

    /// <summary>The order's id, a UUID.</summary>
    public string Id { get; }

    internal Order? Order { get; }

    IReference IReference.To(string id) => new OrderReference(id, null);

    /// <summary>The id.</summary>
    /// <returns>A UUID.</returns>
    public override string ToString() => Id;
}

/// <summary>
/// Makes a parameter accept orders and ids of orders, and nothing else: something that merely belongs to an order, such as a
/// payment, is not what anyone means to refund. An order is kept, because it may say that nothing is left of it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OrderReferenceTransformationAttribute
    : ArgumentTransformationAttribute,
        IReferenceTransformation,
        INameTransformation
{
    private readonly PolarIdAttribute _ids = new(typeof(Order)) { Strict = true };

    Type IReferenceTransformation.Model => typeof(Order);

    Type INameTransformation.Model => typeof(Order);

    bool INameTransformation.TakesNames => true;

    bool INameTransformation.Each => true;

    bool INameTransformation.OneOfSeveral => false;

    string? INameTransformation.Only => null;

    string? INameTransformation.Within => null;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null
            ? null
            : (PSValue.Items(value) ?? [inputData]).Select(item => Refer(engineIntrinsics, item)).ToArray();
    }

    private OrderReference Refer(EngineIntrinsics engine, object? item)
    {
        var value = PSValue.ValueOrCustom(item);
        return value switch
        {
            OrderReference reference => reference,
            null => throw new RefusedArgumentException("Expected an order or its id, but the value is null."),
            _ => new OrderReference((string)_ids.Transform(engine, item)!, value as Order),
        };
    }
}
