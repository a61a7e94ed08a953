using System;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>The rows of a list in one order.</summary>
/// <param name="Order">What becomes of that order while the list is read.</param>
/// <param name="IsFiltered">Whether rows can come into the list, or leave it, by a change.</param>
/// <param name="FetchAsync">Gives a page by its number and size.</param>
internal sealed record PageSource<T>(
    RowOrder Order,
    bool IsFiltered,
    Func<int, int, CancellationToken, Task<FetchedPage<T>>> FetchAsync
)
    where T : class
{
    /// <summary>Whether rows can move towards the beginning only when the count falls.</summary>
    public bool IsCountEnough => Order == RowOrder.NewestFirst && !IsFiltered;

    /// <summary>Whether new rows come at the end only.</summary>
    public bool GrowsAtEnd => Order == RowOrder.OldestFirst && !IsFiltered;
}
