namespace PolarPS.Commands;

/// <summary>Changes something. Nothing is sent without ShouldProcess; -WhatIf -Verbose shows what would be.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract partial class PolarWriteCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    private MetadataEdit<T>? _metadata;

    internal override NameUse NameUse => NameUse.Write;

    /// <summary>
    /// Which columns of piped rows count: what makes something or moves money answers for every column that has the name of
    /// one of its parameters.
    /// </summary>
    internal virtual RowColumns Columns => RowColumns.Declared;

    /// <summary>Whether a parameter can be taken from a row, beside what else is given.</summary>
    internal virtual bool GoesWith(string parameter) => Rows.IsInSet(parameter);

    /// <summary>What speaks against a row as a whole, as a sentence; by default nothing.</summary>
    internal virtual string? Objection(PSObject row) => null;

    internal sealed override bool BindInput()
    {
        var problems = Rows.Take(Columns, GoesWith);
        if (problems.Count > 0)
        {
            WriteError(ErrorRecords.BadRow(Rows.Row, problems, Kind));
            return false;
        }

        if (Rows.Row is { } row && Objection(row) is { } objection)
        {
            WriteError(ErrorRecords.BadRow(row, [objection], Kind));
            return false;
        }

        Assign();
        return true;
    }

    /// <summary>
    /// Decides which of several parameters is meant, where PowerShell has given the same text to each; before names are looked up.
    /// </summary>
    internal virtual void Assign() { }

    /// <summary>Ends the cmdlet where the command line is at fault; where what is piped is, only that is left out.</summary>
    /// <param name="record">What is wrong.</param>
    /// <param name="inRows">Whether only rows can be at fault, and live objects cannot.</param>
    internal void Fail(ErrorRecord record, bool inRows = true)
    {
        if (inRows ? Rows.Row is null : !Rows.HasInput)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>The keys of the metadata that are to be changed, for cmdlets that can.</summary>
    internal MetadataEdit<T> MetadataEdit => _metadata ??= new MetadataEdit<T>(this);

    /// <summary>The fields of the body that were given, in order, put into the body.</summary>
    /// <exception cref="ArgumentException">A value that Polar would refuse.</exception>
    internal TBody Fill<TBody>(TBody body)
        where TBody : RequestBody
    {
        MetadataEdit.CheckAlone();
        foreach (var (property, field) in FieldMap.FieldsOf(GetType()))
        {
            // Metadata is put together when the object is read.
            if (property.Name != MetadataEdit<T>.Add && IsGiven(property.Name))
            {
                var value = PlainValues.Of(property.GetValue(this));
                if (field == "metadata")
                {
                    // Empty clears it; null would be refused.
                    value ??= new Dictionary<string, object?>();
                }

                // Now, and not only on sending: no question is asked about what cannot be sent.
                body.CheckField(field, value);
                FieldPath.Set(body, field, value);
            }
        }

        Shape(body);
        return body;
    }

    /// <summary>Whether there is nothing to send, and nothing that will be put together when the object is read.</summary>
    internal bool IsNothing(RequestBody body) => !MetadataEdit.IsWanted && body.IsEmpty();

    /// <summary>Completes a change with an object that was read just now, and compares the two.</summary>
    /// <param name="current">The object.</param>
    /// <param name="body">The change; metadata whose keys are to be changed is put into it.</param>
    internal UpdateComparison Compare(T current, RequestBody body)
    {
        MetadataEdit.Merge(current, body);
        return UpdateComparison.Of(current, body);
    }

    /// <summary>Whether a field's parameter says something. Where rows of a CSV file are piped, an empty cell need not.</summary>
    internal virtual bool IsGiven(string parameter) => IsBound(parameter);

    /// <summary>Whether a parameter is given, and neither as $null nor as an empty text: where there is nothing to be cleared yet.</summary>
    internal bool IsGivenText(string parameter) =>
        IsBound(parameter) && !ValueReader.IsEmpty(GetType().GetProperty(parameter)?.GetValue(this));

    /// <summary>
    /// Converts values into the API's form: a percentage, an amount with its currency. By default
    /// they are as they are given.
    /// </summary>
    /// <exception cref="ArgumentException">A value that Polar would refuse.</exception>
    internal virtual void Shape(RequestBody body) { }
}
