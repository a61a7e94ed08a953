namespace PolarPS.Commands;

/// <summary>Completes kinds of customers.</summary>
public sealed class CustomerTypeCompleter()
    : KnownValuesCompleter(("individual", "One person"), ("team", "Several members who share what was bought"));

/// <summary>Completes orders of customers.</summary>
public sealed class CustomerSortCompleter() : SortCompleter("created_at", "email", "name");

/// <summary>Completes the most common languages of Polar's emails; any other language tag is accepted too.</summary>
public sealed class LocaleCompleter()
    : KnownValuesCompleter(
        ("en", "English"),
        ("de", "German"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("it", "Italian"),
        ("nl", "Dutch"),
        ("pt", "Portuguese"),
        ("sv", "Swedish"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("en-US", "English (United States)"),
        ("fr-CA", "French (Canada)"),
        ("pt-BR", "Portuguese (Brazil)")
    );
