namespace PolarPS.Commands;

/// <summary>What the user wants shown or asked: by a common parameter, or else by the preference variable.</summary>
internal static class Preferences
{
    /// <summary>Whether -WhatIf only shows what would be done.</summary>
    public static bool IsWhatIf(PSCmdlet cmdlet) => LanguagePrimitives.IsTrue(Of(cmdlet, "WhatIf"));

    /// <summary>Whether a stream takes anything.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream">Verbose or Debug.</param>
    public static bool IsOn(PSCmdlet cmdlet, string stream) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out var given)
            ? LanguagePrimitives.IsTrue(given)
            : cmdlet.SessionState.PSVariable.GetValue(stream + "Preference")
                is not (null or ActionPreference.SilentlyContinue or "SilentlyContinue");

    /// <summary>Whether warnings are shown.</summary>
    public static bool ShowsWarnings(PSCmdlet cmdlet) =>
        Of(cmdlet, "WarningAction", "WarningPreference")
            is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore or "SilentlyContinue" or "Ignore");

    /// <summary>Whether a question will be asked, of a cmdlet of this impact.</summary>
    public static bool IsAsked(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm))
        {
            return LanguagePrimitives.IsTrue(confirm);
        }

        return LanguagePrimitives.TryConvertTo<ConfirmImpact>(
                cmdlet.SessionState.PSVariable.GetValue("ConfirmPreference"),
                out var preference
            )
            && preference != ConfirmImpact.None
            && preference <= Declaration(cmdlet).ConfirmImpact;
    }

    /// <summary>Whether the cmdlet cleans up, and -ErrorAction says to be quiet about failures.</summary>
    public static bool IsQuietCleanUp(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given)
        && LanguagePrimitives.TryConvertTo<ActionPreference>(given, out var action)
        && action is ActionPreference.SilentlyContinue or ActionPreference.Ignore
        && Declaration(cmdlet).VerbName is VerbsCommon.Remove or VerbsLifecycle.Stop or VerbsSecurity.Revoke;

    private static object? Of(PSCmdlet cmdlet, string parameter, string? variable = null) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var given)
            ? given
            : cmdlet.SessionState.PSVariable.GetValue(variable ?? parameter + "Preference");

    private static CmdletAttribute Declaration(PSCmdlet cmdlet) =>
        (CmdletAttribute)Attribute.GetCustomAttribute(cmdlet.GetType(), typeof(CmdletAttribute))!;
}
