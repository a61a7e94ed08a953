using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PolarPS.Commands;

/// <summary>Lets -Connection take a connection's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolarConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string name)
        {
            return value;
        }

        return ConnectionStore.Find(name)
            ?? throw new ArgumentTransformationMetadataException(
                $"There is no connection named '{Redactor.Redact(name)}'. Get-PolarConnection lists those there are."
            );
    }
}

/// <summary>Completes the names of connections.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        Completions.Matching(
            wordToComplete,
            ConnectionStore.All.Select(connection => (connection.Name, connection.Name, connection.ToString()))
        );
}
