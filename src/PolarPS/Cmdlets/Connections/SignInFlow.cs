using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>Signs a person in for Connect-Polar -Interactive, and tells them on the screen what to do.</summary>
/// <param name="cmdlet">Shows it.</param>
/// <param name="stop">Ends it.</param>
internal sealed class SignInFlow(ScreenCmdlet cmdlet, CancellationToken stop)
{
    private const int ProgressId = 1_910_217;

    /// <summary>Whether to show the address only.</summary>
    public bool WithoutBrowser { get; init; }

    /// <summary>How long the person may take.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Where the refresh token is kept; null for nowhere.</summary>
    public TokenVault? Vault { get; init; }

    /// <summary>Gets tokens: with a refresh token that was kept, else from a person.</summary>
    /// <param name="connection">Without a token, to where the person has an account.</param>
    /// <param name="asked">What to ask for.</param>
    /// <returns>Fresh tokens.</returns>
    /// <exception cref="PolarException">Polar refused, or did not answer.</exception>
    /// <exception cref="SignInException">There are none.</exception>
    public OAuth2Token Run(PolarConnection connection, SignInRequest asked)
    {
        var client = new PolarClient(connection.Http);
        var token = Kept(client, asked) ?? Ask(client, connection, asked);
        Keep(token);
        return token;
    }

    /// <summary>Keeps a new refresh token, where one is to be kept.</summary>
    public void Keep(OAuth2Token token)
    {
        if (Vault is not null && token.RefreshToken is { } refresh)
        {
            Vault.Write(refresh);
        }
    }

    private OAuth2Token? Kept(PolarClient client, SignInRequest asked)
    {
        if (Vault?.Read() is not { } refresh)
        {
            return null;
        }

        try
        {
            var token = Wait(
                client.OAuth2.RequestTokenAsync(
                    OAuth2TokenRequest.ForRefresh(asked.ClientId, refresh, asked.ClientSecret),
                    stop
                )
            );
            if (asked.Scopes.All(scope => token.Scope?.Split(' ').Contains(scope) != false))
            {
                return token;
            }

            cmdlet.WriteVerbose("The sign-in that was kept has not all of the scopes.");
        }
        catch (PolarException exception) when (exception.ErrorName == "invalid_grant")
        {
            cmdlet.WriteVerbose("The sign-in that was kept has ended.");
        }

        return null;
    }

    private OAuth2Token Ask(PolarClient client, PolarConnection connection, SignInRequest asked)
    {
        using var signIn = SignIn.Begin(client, OAuth2AuthorizeRequest.PageOf(connection.BaseAddress), asked);
        if (Wait(signIn.CheckAsync(stop)) is { } problem)
        {
            throw new SignInException(
                problem.Detail ?? problem.Message,
                problem is PolarConnectionException
                    ? $"Check the network, and the environment: {connection.Environment}."
                    : $"Check the client: its id, the address {SignIn.RedirectUri(asked.Port)} among its redirect URIs (-Port names the port), and its scopes.",
                problem
            );
        }

        var opened = !WithoutBrowser && signIn.OpenBrowser();
        cmdlet.ShowInformation(
            (opened ? "Sign in with the page that your browser opens. If it does not, open " : "To sign in, open ")
                + signIn.PageText
        );
        var redirect = WaitForPerson(signIn);
        if (redirect.Code is not { } code)
        {
            Wait(Closed(signIn));
            throw new SignInException(
                redirect.Error == "access_denied"
                    ? "Access was denied on Polar's page."
                    : $"Polar's page gave no access: {redirect}.",
                "Run the command again, and allow the access there."
            );
        }

        return Wait(signIn.ExchangeAsync(code, stop));
    }

    private static async Task<bool> Closed(SignIn signIn)
    {
        await signIn.CloseAsync().ConfigureAwait(false);
        return true;
    }

    private OAuth2Redirect WaitForPerson(SignIn signIn)
    {
        var answer = signIn.WaitAsync();
        var watch = Stopwatch.StartNew();
        var progress = new ProgressRecord(ProgressId, "Signing in", "Waiting for the browser");
        try
        {
            while (!Wait(answer, TimeSpan.FromMilliseconds(250)))
            {
                var left = Patience - watch.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    throw new SignInException(
                        string.Format(
                            CultureInfo.InvariantCulture,
                            "Nobody signed in within {0:0} seconds.",
                            Patience.TotalSeconds
                        ),
                        "Run the command again; -SignInTimeoutSeconds allows more time."
                    );
                }

                progress.SecondsRemaining = (int)left.TotalSeconds;
                cmdlet.WriteProgress(progress);
            }

            return answer.Result;
        }
        finally
        {
            progress.RecordType = ProgressRecordType.Completed;
            cmdlet.WriteProgress(progress);
        }
    }

    private T Wait<T>(Task<T> task)
    {
        while (!Wait(task, Timeout.InfiniteTimeSpan)) { }

        return task.GetAwaiter().GetResult();
    }

    private bool Wait(Task task, TimeSpan limit)
    {
        try
        {
            return Task.WaitAny([task], (int)limit.TotalMilliseconds, stop) == 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}

/// <summary>Nobody signed in.</summary>
internal sealed class SignInException(string reason, string advice, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;
}
