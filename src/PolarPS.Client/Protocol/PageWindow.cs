namespace PolarPS.Client;

/// <summary>
/// A page as it is asked for: its number and how many rows a page has. Page and limit are all that Polar knows, so a page can
/// begin only at a multiple of its size.
/// </summary>
internal readonly record struct PageWindow(int Number, int Size)
{
    /// <summary>The position of its first row; the list's first is 0.</summary>
    public long Start => (Number - 1L) * Size;

    /// <summary>The position behind its last row.</summary>
    public long End => Start + Size;

    /// <summary>The page of a size that has a position.</summary>
    public static PageWindow Of(long position, int size) =>
        new((int)Math.Min(Math.Max(0, position) / size, int.MaxValue - 1) + 1, size);

    /// <summary>
    /// The page that begins before a position and reaches as far behind it as can be; of those that reach what is needed, the
    /// one that repeats the fewest rows.
    /// </summary>
    /// <param name="position">Where what has been read ends; above 0.</param>
    /// <param name="needed">Where what is wanted ends.</param>
    /// <param name="largest">The greatest size, unless only a greater one reaches behind the position.</param>
    public static PageWindow Across(long position, long needed, int largest)
    {
        var best = Of(position - 1, largest);
        for (var size = largest - 1; size > 0; size--)
        {
            var other = Of(position - 1, size);
            var reach = Math.Min(other.End, needed).CompareTo(Math.Min(best.End, needed));
            if (reach > 0 || (reach == 0 && other.Start > best.Start))
            {
                best = other;
            }
        }

        for (var size = largest + 1; best.End <= position; size++)
        {
            best = Of(position - 1, size);
        }

        return best;
    }

    /// <summary>The page that begins at a position or, where none of its size does, before it.</summary>
    public static PageWindow Beside(long position, int size) =>
        Of(position % size == 0 ? position : position - 1, size);

    /// <summary>
    /// The page that begins before a position, if no more requests are needed with it than without such pages; else one that
    /// begins at the position.
    /// </summary>
    /// <param name="position">Where what has been read ends; above 0.</param>
    /// <param name="needed">Where what is wanted ends.</param>
    /// <param name="size">The size of the page that ends at the position.</param>
    /// <param name="largest">The greatest size.</param>
    public static PageWindow AcrossIfFree(long position, long needed, int size, int largest)
    {
        var across = Across(position, needed, largest);
        var same = Beside(position, size);
        var again = Beside(position, largest);
        var next = Pages(same, needed) <= Pages(again, needed) ? same : again;
        return Math.Min(Pages(across, needed), 1 + Pages(Beside(across.End, largest), needed)) <= Pages(next, needed)
            ? across
            : next;
    }

    // How many pages of that size there are from this one to where what is wanted ends.
    private static long Pages(PageWindow first, long needed) =>
        1 + ((Math.Max(0, needed - first.End) + first.Size - 1) / first.Size);

    /// <summary>The page that has a position as near to its middle as can be.</summary>
    public static PageWindow Around(long position, int largest)
    {
        var best = Of(position, largest);
        for (var size = largest - 1; size >= largest / 2 && size > 0; size--)
        {
            var other = Of(position, size);
            best = other.Margin(position) > best.Margin(position) ? other : best;
        }

        return best;
    }

    private long Margin(long position) => Math.Min(position - Start, End - position);
}
