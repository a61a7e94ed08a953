namespace PolarPS.Commands;

/// <summary>Gets objects by id, or streams the list of them.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class GetPolarCmdlet<T> : ListPolarCmdlet<T>
    where T : PolarObject
{
    internal const string ListSet = "List";
    internal const string IdSet = "Id";

    /// <summary>The ids of the objects to get; each cmdlet declares the parameter with its own kind.</summary>
    internal abstract string[]? Ids { get; }

    internal abstract Task<T> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The list that the filters describe, in the extent that -First and -Skip ask for.</summary>
    internal abstract PagedList<T> List();

    /// <summary>What was piped for its children to be listed; null for none.</summary>
    internal virtual ParentReference[]? Parents => null;

    internal override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case ListSet when Parents is { } parents:
                ListEach(parents, () => Try(Subject(null), WriteAll));
                break;
            case ListSet:
                Try(Subject(null), WriteAll);
                break;
            case IdSet:
                GetEach(Ids!, "id", GetAsync);
                break;
            default:
                GetOtherwise();
                break;
        }
    }

    /// <summary>Writes the list that the filters describe.</summary>
    internal virtual void WriteAll() => WriteList(List());

    /// <summary>What parameter sets of the cmdlet's own do, such as ids of the user's own.</summary>
    internal virtual void GetOtherwise() => throw new InvalidOperationException(ParameterSetName);

    /// <summary>Gets objects one by one. One that fails is an error of its own.</summary>
    /// <param name="keys">The keys of the objects.</param>
    /// <param name="keyName">What such a key is called in errors, such as "external id".</param>
    /// <param name="get">Gets one.</param>
    internal void GetEach(IEnumerable<string> keys, string keyName, Func<string, CancellationToken, Task<T>> get)
    {
        RefuseExtent();
        foreach (var key in keys)
        {
            Try(
                Subject(key) with
                {
                    Key = keyName,
                },
                () => WriteModel(Names.Found<T>(key) ?? Await(cancellationToken => get(key, cancellationToken)))
            );
        }
    }
}
