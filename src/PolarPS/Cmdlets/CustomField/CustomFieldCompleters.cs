namespace PolarPS.Commands;

/// <summary>Completes kinds of custom fields.</summary>
public sealed class CustomFieldTypeCompleter() : KnownValuesCompleter("text", "number", "date", "checkbox", "select");

/// <summary>Completes orders of custom fields.</summary>
public sealed class CustomFieldSortCompleter() : SortCompleter("created_at", "slug", "name", "type");
