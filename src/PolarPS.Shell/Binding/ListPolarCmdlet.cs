using System.Reflection;

namespace PolarPS.Commands;

/// <summary>Streams lists.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class ListPolarCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    private readonly Dictionary<Type, PropertyInfo> _filters = [];
    private DateTime _listingSince;

    /// <summary>Puts what -First, -Skip and -Sort ask for into a query.</summary>
    internal TQuery Extent<TQuery>(TQuery query, string[]? sort)
        where TQuery : SortedListQuery
    {
        query.Sorting = sort is null ? null : [.. sort.Select(SortField)];
        query.BreakTies();
        return Extent(query);
    }

    /// <summary>Puts what -First and -Skip ask for into a query.</summary>
    internal TQuery Extent<TQuery>(TQuery query)
        where TQuery : ListQuery
    {
        query.Skip = checked((long)Math.Min(PagingParameters.Skip, long.MaxValue));
        query.First = PagingParameters.First >= long.MaxValue ? null : (long)PagingParameters.First;
        return query;
    }

    /// <summary>Ends the cmdlet where a part of a list was asked for, and there is no list. A default value does not ask.</summary>
    internal void RefuseExtent()
    {
        if (
            Array.Exists(
                ["First", "Skip", "IncludeTotalCount"],
                parameter => IsBound(parameter) && !Rows.HasDefaultValue(parameter)
            )
        )
        {
            ThrowTerminatingError(ErrorRecords.PagingWithId());
        }
    }

    /// <summary>Writes a list while it is read, after the count where -IncludeTotalCount asks for it.</summary>
    internal void WriteList(PagedList<T> list)
    {
        _listingSince = DateTime.UtcNow;
        long written = 0;
        var countWanted = (bool)PagingParameters.IncludeTotalCount;
        try
        {
            ForEachPage(
                list.ReadPagesAsync(ShowReading, StopToken),
                page =>
                {
                    Progress.HideTask(Activity);
                    if (countWanted)
                    {
                        WriteTotalCount(page.TotalCount);
                        countWanted = false;
                    }

                    foreach (var item in page.Items)
                    {
                        WriteModel(item);
                    }

                    written += page.Items.Count;
                    ShowProgress(written, page.TotalCount);
                }
            );
        }
        finally
        {
            Progress.HideTask(Activity);
            Progress.HideList(Activity);
        }
    }

    /// <summary>The ids for a filter that two parameters can give, after names have become ids.</summary>
    /// <exception cref="ArgumentException">Both do.</exception>
    internal static string[]? OneFilter(string[]? ids, string[]? others, string parameter) =>
        ids is not null && others is not null
            ? throw new ArgumentException($"-{parameter} and the ids say twice which are meant. Use one of them.")
            : ids ?? others;

    /// <summary>Lists the children of each of several objects, by the filter that takes ids of their kind.</summary>
    /// <param name="parents">The objects.</param>
    /// <param name="list">Writes the list that the filters describe.</param>
    internal void ListEach(IEnumerable<ParentReference> parents, Action list)
    {
        foreach (var parent in parents)
        {
            if (parent.Problem is { } problem)
            {
                WriteError(ErrorRecords.NoParent(problem, parent.Item!, Kind));
                continue;
            }

            var filter = FilterBy(parent.Kind!);
            if (Rows.IsOnCommandLine(filter.Name))
            {
                ThrowTerminatingError(ErrorRecords.FilteredTwice(filter.Name, Kinds.NamesOf(parent.Kind!)));
            }

            Rows.Replace(filter, filter.PropertyType.IsArray ? new[] { parent.Id } : parent.Id);
            list();
        }
    }

    // Of thousands of piped parents most are of one kind.
    private PropertyInfo FilterBy(Type kind)
    {
        if (!_filters.TryGetValue(kind, out var filter))
        {
            filter = GetType()
                .GetProperties()
                .Single(property =>
                    property.GetCustomAttribute<PolarIdAttribute>() is IReferenceTransformation ids && ids.Model == kind
                );
            _filters.Add(kind, filter);
        }

        return filter;
    }

    private static string Activity => $"Listing {Kinds.NamesOf(typeof(T))}";

    // A list that is read whole before its first row comes. From any thread.
    private void ShowReading(long read, long total)
    {
        if (total > 0 && DateTime.UtcNow - _listingSince >= TimeSpan.FromSeconds(1))
        {
            Progress.ShowTask(Activity, read, total);
        }
    }

    // "Name" and "-CreatedAt" work as well as the API's own spelling.
    private static string SortField(string field) =>
        field.StartsWith("-", StringComparison.Ordinal)
            ? "-" + JsonSettings.FieldName(field.Substring(1))
            : JsonSettings.FieldName(field);

    private void WriteTotalCount(long count) => WriteObject(PagingParameters.NewTotalCount((ulong)count, 1.0));

    private void ShowProgress(long written, long total)
    {
        // A list that is over in a moment shows nothing.
        if (total > 0 && DateTime.UtcNow - _listingSince >= TimeSpan.FromSeconds(1))
        {
            Progress.ShowList(Activity, written, total);
        }
    }
}
