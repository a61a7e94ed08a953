namespace PolarPS.Commands;

/// <summary>Gets the emulators that are running and that this session can use. Serves no operation of the API.</summary>
[Cmdlet(VerbsCommon.Get, "PolarEmulator")]
[OutputType(typeof(PolarEmulatorInstance))]
public sealed class GetPolarEmulatorCommand : ScreenCmdlet
{
    /// <summary>Names, with wildcards; without it all emulators.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EmulatorCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name is null)
        {
            WriteObject(EmulatorStore.Visible(_ => true), enumerateCollection: true);
            return;
        }

        foreach (var name in Name)
        {
            var found = EmulatorStore.Visible(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (found.Count == 0)
            {
                var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
                found = EmulatorStore.Visible(pattern.IsMatch);
            }

            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.UnknownEmulator(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
