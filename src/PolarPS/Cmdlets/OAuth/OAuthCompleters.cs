namespace PolarPS.Commands;

/// <summary>Completes how an OAuth client proves who it is.</summary>
public sealed class ClientAuthenticationCompleter() : KnownValuesCompleter(OAuthValues.ClientAuthentication);

/// <summary>Completes what an OAuth client may exchange for tokens.</summary>
public sealed class ClientGrantTypeCompleter() : KnownValuesCompleter(OAuthValues.ClientGrantType);

/// <summary>Completes for whom a token is.</summary>
public sealed class TokenSubjectCompleter() : KnownValuesCompleter(OAuthValues.TokenSubject);

/// <summary>Completes which of the two tokens of a sign-in one is.</summary>
public sealed class TokenTypeHintCompleter() : KnownValuesCompleter(OAuthValues.TokenTypeHint);
