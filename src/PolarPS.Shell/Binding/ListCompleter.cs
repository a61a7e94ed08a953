using System.Management.Automation.Language;

namespace PolarPS.Commands;

/// <summary>Completes values that are known without a look at the rest of the line.</summary>
public abstract class ListCompleter : IArgumentCompleter
{
    private protected ListCompleter() { }

    private protected abstract IEnumerable<Candidate> Candidates { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Completions.Matching(wordToComplete, Candidates);
}
