namespace PolarPS.Commands;

/// <summary>Completes kinds of custom fields.</summary>
public sealed class CustomFieldTypeCompleter() : KnownValuesCompleter(CatalogueValues.CustomFieldType);

/// <summary>Completes orders of custom fields.</summary>
public sealed class CustomFieldSortCompleter() : SortCompleter(CatalogueValues.CustomFieldSort);
