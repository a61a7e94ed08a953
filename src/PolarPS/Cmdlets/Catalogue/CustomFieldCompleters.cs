namespace PolarPS.Commands;

/// <summary>Completes kinds of custom fields.</summary>
public sealed class CustomFieldTypeCompleter()
    : KnownValuesCompleter(
        ("text", "A text"),
        ("number", "A whole number"),
        ("date", "A date"),
        ("checkbox", "Yes or no"),
        ("select", "One of several options")
    );

/// <summary>Completes orders of custom fields.</summary>
public sealed class CustomFieldSortCompleter() : SortCompleter("created_at", "slug", "name", "type");
