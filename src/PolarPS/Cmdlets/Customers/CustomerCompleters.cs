namespace PolarPS.Commands;

/// <summary>Completes kinds of customers.</summary>
public sealed class CustomerTypeCompleter() : KnownValuesCompleter(CustomerValues.Type);

/// <summary>Completes orders of customers.</summary>
public sealed class CustomerSortCompleter() : SortCompleter(CustomerValues.Sort);

/// <summary>Completes the most common languages of Polar's emails; any other language tag is accepted too.</summary>
public sealed class LocaleCompleter() : KnownValuesCompleter(CustomerValues.CommonLocale);
