namespace PolarPS.Commands;

/// <summary>Creates an object.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewPolarCmdlet<T, TBody> : PolarWriteCmdlet<T>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    /// <summary>What the new object is called in prompts and errors.</summary>
    internal abstract string NewName { get; }

    internal abstract Task<T> CreateAsync(PolarClient client, TBody body, CancellationToken cancellationToken);

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>What the question says will happen, with the price as money.</summary>
    private string Creation() =>
        "Create"
        + string.Concat(
            FieldMap
                .SumsOf(GetType())
                .Where(property => IsBound(property.Name))
                .Select(property => (property.Name, Value: property.GetValue(this)))
                .Select(sum =>
                    $", {sum.Name} {(sum.Value is long amount ? MoneyText(amount) : TextOf(sum.Name, sum.Value))}"
                )
        );

    /// <inheritdoc/>
    internal override void ProcessInput() => Create(new ErrorSubject(Kind, NewName, IsNew: true));

    private void Create(ErrorSubject subject) =>
        Try(
            subject,
            () =>
            {
                var body = Fill(new TBody());
                if (Confirm($"{Kind} '{NewName}'", Creation(), (client, token) => CreateAsync(client, body, token)))
                {
                    WriteModel(Await(token => CreateAsync(Client, body, token)));
                }
            }
        );
}
