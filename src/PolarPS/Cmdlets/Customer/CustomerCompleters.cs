namespace PolarPS.Commands;

/// <summary>Completes kinds of customers.</summary>
public sealed class CustomerTypeCompleter() : KnownValuesCompleter("individual", "team");

/// <summary>Completes orders of customers.</summary>
public sealed class CustomerSortCompleter() : SortCompleter("created_at", "email", "name");

/// <summary>Completes the most common languages of Polar's emails; any other language tag is accepted too.</summary>
public sealed class LocaleCompleter()
    : KnownValuesCompleter("en", "de", "es", "fr", "it", "nl", "pt", "sv", "ja", "ko", "en-US", "fr-CA", "pt-BR");
