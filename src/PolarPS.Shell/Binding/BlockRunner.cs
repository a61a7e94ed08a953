namespace PolarPS.Commands;

/// <summary>Runs a script block for one input, which is $_ in it.</summary>
/// <param name="cmdlet">The cmdlet that it was given to.</param>
internal sealed class BlockRunner(PSCmdlet cmdlet)
{
    // The errors come with the output, so that they can be told apart from those of other inputs; from a block within a block, as the
    // redirection of a binary cmdlet does not reach what its blocks write. Named in full, as a user's own function is not meant.
    private readonly ScriptBlock _wrapper = ScriptBlock.Create(
        "param($PolarBlock, $PolarInput) & { Microsoft.PowerShell.Core\\ForEach-Object -InputObject $PolarInput -Process $PolarBlock } 2>&1"
    );

    /// <summary>Runs it. Warnings and other streams appear as they come.</summary>
    /// <param name="block">The block.</param>
    /// <param name="input">The input.</param>
    public BlockOutcome Run(ScriptBlock block, object? input)
    {
        var outcome = new BlockOutcome();
        try
        {
            foreach (var item in cmdlet.InvokeCommand.InvokeScript(true, _wrapper, null, block, input))
            {
                if (item?.BaseObject is ErrorRecord record)
                {
                    outcome.Errors.Add(record);
                }
                else
                {
                    outcome.Output.Add(item);
                }
            }
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            outcome.Errors.Add(exception.ErrorRecord);
        }

        return outcome;
    }
}

/// <summary>What a block has written.</summary>
internal sealed class BlockOutcome
{
    public List<PSObject?> Output { get; } = [];

    /// <summary>Its errors, the one that ended it included.</summary>
    public List<ErrorRecord> Errors { get; } = [];

    /// <summary>The id of the first error, as far as it is one; null where there was none.</summary>
    public string? ErrorId
    {
        get
        {
            if (Errors.Count == 0)
            {
                return null;
            }

            // Whatever else stands there may be taken from the input.
            var id = (Errors[0].FullyQualifiedErrorId ?? string.Empty).Split(',')[0];
            return
                id.Length is > 0 and <= 80
                && Array.TrueForAll(
                    id.ToCharArray(),
                    static letter => letter is '.' or '_' || letter < 128 && char.IsLetterOrDigit(letter)
                )
                ? id
                : "Error";
        }
    }
}
