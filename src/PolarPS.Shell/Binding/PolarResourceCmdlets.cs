using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>A cmdlet whose output is objects of one kind.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarModelCmdlet<T> : PolarCmdlet
    where T : PolarObject
{
    /// <summary>What the kind is called in messages.</summary>
    internal static string Kind { get; } = Kinds.NameOf(typeof(T));

    /// <summary>Writes an object, and remembers its name.</summary>
    internal void WriteModel(T item)
    {
        Remember(item);
        WriteObject(ModelShaper.Shape(item));
    }

    internal static ErrorSubject Subject(object? target) => new(Kind, target);

    /// <summary>Remembers an object's name and content, for prompts and completion.</summary>
    internal void Remember(T item) => UsedConnection.Seen.Add(item);
}

/// <summary>Streams lists.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class ListPolarCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    private DateTime _listingSince;
    private bool _progressShown;

    /// <summary>Puts what -First, -Skip and -Sort ask for into a query.</summary>
    internal TQuery Extent<TQuery>(TQuery query, string[]? sort)
        where TQuery : SortedListQuery
    {
        query.Sorting = sort is null ? null : [.. sort.Select(SortField)];
        query.BreakTies();
        return Extent(query);
    }

    /// <summary>Puts what -First and -Skip ask for into a query.</summary>
    internal TQuery Extent<TQuery>(TQuery query)
        where TQuery : ListQuery
    {
        query.Skip = checked((long)Math.Min(PagingParameters.Skip, long.MaxValue));
        query.First = PagingParameters.First >= long.MaxValue ? null : (long)PagingParameters.First;
        return query;
    }

    /// <summary>Ends the cmdlet where a part of a list was asked for, and there is no list. A default value does not ask.</summary>
    internal void RefuseExtent()
    {
        if (
            Array.Exists(
                ["First", "Skip", "IncludeTotalCount"],
                parameter => IsBound(parameter) && !Rows.HasDefaultValue(parameter)
            )
        )
        {
            ThrowTerminatingError(ErrorRecords.PagingWithId());
        }
    }

    /// <summary>Writes a list while it is read, after the count where -IncludeTotalCount asks for it.</summary>
    internal void WriteList(PagedList<T> list)
    {
        _listingSince = DateTime.UtcNow;
        long written = 0;
        var countWanted = (bool)PagingParameters.IncludeTotalCount;
        try
        {
            ForEachPage(
                list.ReadPagesAsync(ShowReading, StopToken),
                page =>
                {
                    HideTask(Activity);
                    if (countWanted)
                    {
                        WriteTotalCount(page.TotalCount);
                        countWanted = false;
                    }

                    foreach (var item in page.Items)
                    {
                        WriteModel(item);
                    }

                    written += page.Items.Count;
                    ShowProgress(written, page.TotalCount);
                }
            );
        }
        finally
        {
            HideTask(Activity);
            EndProgress();
        }
    }

    /// <summary>The ids for a filter that two parameters can give, after names have become ids.</summary>
    /// <exception cref="ArgumentException">Both do.</exception>
    internal static string[]? OneFilter(string[]? ids, string[]? others, string parameter) =>
        ids is not null && others is not null
            ? throw new ArgumentException($"-{parameter} and the ids say twice which are meant. Use one of them.")
            : ids ?? others;

    /// <summary>Lists the children of each of several objects, by the filter that is named after the kind of object.</summary>
    /// <param name="parents">The objects.</param>
    /// <param name="list">Writes the list that the filters describe.</param>
    internal void ListEach(IEnumerable<ParentReference> parents, Action list)
    {
        foreach (var parent in parents)
        {
            if (parent.Problem is { } problem)
            {
                WriteError(ErrorRecords.NoParent(problem, parent.Item!, Kind));
                continue;
            }

            var filter = GetType().GetProperty(Kinds.ReferenceTo(parent.Kind!))!;
            if (Rows.IsOnCommandLine(filter.Name))
            {
                ThrowTerminatingError(ErrorRecords.FilteredTwice(filter.Name, Kinds.NamesOf(parent.Kind!)));
            }

            Rows.Replace(filter, new[] { parent.Id });
            list();
        }
    }

    private static string Activity => $"Listing {Kinds.NamesOf(typeof(T))}";

    // A list that is read whole before its first row comes. From any thread.
    private void ShowReading(long read, long total)
    {
        if (total > 0 && DateTime.UtcNow - _listingSince >= TimeSpan.FromSeconds(1))
        {
            ShowTask(
                Activity,
                FormattableString.Invariant($"{read:N0} of {total:N0}"),
                (int)Math.Min(100, read * 100 / total)
            );
        }
    }

    // "Name" and "-CreatedAt" work as well as the API's own spelling.
    private static string SortField(string field) =>
        field.StartsWith("-", StringComparison.Ordinal)
            ? "-" + JsonSettings.FieldName(field.Substring(1))
            : JsonSettings.FieldName(field);

    private void WriteTotalCount(long count) => WriteObject(PagingParameters.NewTotalCount((ulong)count, 1.0));

    private void ShowProgress(long written, long total)
    {
        // A list that is over in a moment shows nothing.
        if (total <= 0 || DateTime.UtcNow - _listingSince < TimeSpan.FromSeconds(1))
        {
            return;
        }

        _progressShown = true;
        WriteProgress(
            new ProgressRecord(ProgressIds.List, Activity, FormattableString.Invariant($"{written:N0} of {total:N0}"))
            {
                PercentComplete = (int)Math.Min(100, written * 100 / total),
            }
        );
    }

    private void EndProgress()
    {
        if (_progressShown && !StopToken.IsCancellationRequested)
        {
            WriteProgress(
                new ProgressRecord(ProgressIds.List, Activity, "done") { RecordType = ProgressRecordType.Completed }
            );
        }
    }
}

/// <summary>Gets objects by id, or streams the list of them.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class GetPolarCmdlet<T> : ListPolarCmdlet<T>
    where T : PolarObject
{
    internal const string ListSet = "List";
    internal const string IdSet = "Id";

    /// <summary>The ids of the objects to get; each cmdlet declares the parameter with its own kind.</summary>
    internal abstract string[]? Ids { get; }

    internal abstract Task<T> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The list that the filters describe, in the extent that -First and -Skip ask for.</summary>
    internal abstract PagedList<T> List();

    /// <summary>What was piped for its children to be listed; null for none.</summary>
    internal virtual ParentReference[]? Parents => null;

    internal override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case ListSet when Parents is { } parents:
                ListEach(parents, () => Try(Subject(null), WriteAll));
                break;
            case ListSet:
                Try(Subject(null), WriteAll);
                break;
            case IdSet:
                GetEach(Ids!, "id", GetAsync);
                break;
            default:
                GetOtherwise();
                break;
        }
    }

    /// <summary>Writes the list that the filters describe.</summary>
    internal virtual void WriteAll() => WriteList(List());

    /// <summary>What parameter sets of the cmdlet's own do, such as ids of the user's own.</summary>
    internal virtual void GetOtherwise() => throw new InvalidOperationException(ParameterSetName);

    /// <summary>Gets objects one by one. One that fails is an error of its own.</summary>
    /// <param name="keys">The keys of the objects.</param>
    /// <param name="keyName">What such a key is called in errors, such as "external id".</param>
    /// <param name="get">Gets one.</param>
    internal void GetEach(IEnumerable<string> keys, string keyName, Func<string, CancellationToken, Task<T>> get)
    {
        RefuseExtent();
        foreach (var key in keys)
        {
            Try(
                Subject(key) with
                {
                    Key = keyName,
                },
                () => WriteModel(Names.Found<T>(key) ?? Await(cancellationToken => get(key, cancellationToken)))
            );
        }
    }
}

/// <summary>
/// A cmdlet that can change some keys of an object's metadata and keep the others. It declares the parameters, each in its own
/// parameter sets; what they do is in <see cref="PolarWriteCmdlet{T}"/>.
/// </summary>
/// <typeparam name="T">The kind of object.</typeparam>
internal interface IMetadataEditor<in T>
    where T : PolarObject
{
    /// <summary>Keys and values to add to those stored, or to change; null for none.</summary>
    IDictionary? AddMetadata { get; }

    /// <summary>Keys to remove from those stored; null for none.</summary>
    string[]? RemoveMetadata { get; }

    /// <summary>The metadata that an object has; null for none.</summary>
    IEnumerable<KeyValuePair<string, object?>>? Stored(T item);
}

/// <summary>Changes something. Nothing is sent without ShouldProcess; -WhatIf -Verbose shows what would be.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarWriteCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    private const int MostNames = 10;

    private const string AddMetadata = nameof(IMetadataEditor<T>.AddMetadata);
    private const string RemoveMetadata = nameof(IMetadataEditor<T>.RemoveMetadata);

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

        return true;
    }

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

    /// <summary>The fields of the body that were given, in order, put into the body.</summary>
    /// <exception cref="ArgumentException">A value that Polar would refuse.</exception>
    internal TBody Fill<TBody>(TBody body)
        where TBody : RequestBody
    {
        if (EditsMetadata && IsBound("Metadata"))
        {
            throw new ArgumentException(
                $"-Metadata sets all keys, and -{AddMetadata} and -{RemoveMetadata} keep the others. Use one or the other."
            );
        }

        foreach (var (property, field) in FieldMap.FieldsOf(GetType()))
        {
            // Metadata is put together when the object is read.
            if (property.Name != AddMetadata && IsGiven(property.Name))
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

    /// <summary>Whether some keys of the metadata are to be changed, and the others kept.</summary>
    internal bool EditsMetadata => IsBound(AddMetadata) || IsBound(RemoveMetadata);

    /// <summary>Whether there is nothing to send, and nothing that will be put together when the object is read.</summary>
    internal bool IsNothing(RequestBody body) => !EditsMetadata && body.IsEmpty();

    /// <summary>Puts the metadata of an object, with the keys that are to be changed, into the body.</summary>
    /// <param name="current">The object, read just now; null for one that is to be made.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ArgumentException">There is too much of it, or Polar would refuse a key or a value.</exception>
    internal void MergeMetadata(T? current, RequestBody body)
    {
        if (!EditsMetadata)
        {
            return;
        }

        var editor = (IMetadataEditor<T>)this;
        var merged = MetadataChange.Apply(
            current is null ? null : editor.Stored(current),
            MetadataToAdd,
            editor.RemoveMetadata
        );
        body.CheckField("metadata", merged);
        FieldPath.Set(body, "metadata", merged);
    }

    private IDictionary? MetadataToAdd => (IDictionary?)PlainValues.Of((this as IMetadataEditor<T>)?.AddMetadata);

    /// <summary>Completes a change with an object that was read just now, and compares the two.</summary>
    /// <param name="current">The object.</param>
    /// <param name="body">The change; metadata whose keys are to be changed is put into it.</param>
    internal UpdateComparison Compare(T current, RequestBody body)
    {
        MergeMetadata(current, body);
        return UpdateComparison.Of(current, body);
    }

    /// <summary>The change of metadata in a prompt.</summary>
    internal string MetadataText() =>
        string.Join(
            "; ",
            new[]
            {
                MetadataToAdd is { Count: > 0 } add ? $"add the metadata {ValueText.Of(add)}" : null,
                (this as IMetadataEditor<T>)?.RemoveMetadata is { Length: > 0 } remove
                    ? $"remove the metadata {NamesOf(remove)}"
                    : null,
            }.Where(text => text is not null)
        );

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

    /// <summary>Asks whether to continue, naming the object, the environment and the change.</summary>
    /// <param name="target">The object, as <see cref="NameOf"/> names it.</param>
    /// <param name="action">The change, such as "Set Description to null".</param>
    /// <param name="send">What would be sent; for -WhatIf -Verbose.</param>
    internal bool Confirm(string target, string action, Func<PolarClient, CancellationToken, Task> send)
    {
        if (IsForced)
        {
            // As ShouldProcess says it where it does not ask.
            WriteVerbose($"Performing the operation \"{action}\" on target \"{target} in {UsedConnection}\".");
            return true;
        }

        if (ShouldProcess($"{target} in {UsedConnection}", action + Names.Unsaid($"{target} {action}")))
        {
            return true;
        }

        if (IsWhatIf)
        {
            WriteVerbose(PreviewHandler.Describe(send));
        }

        return false;
    }

    /// <summary>
    /// Reads an object that the session has not seen, where a question or -WhatIf is going to name it: no one can tell from an
    /// id alone whether it is the right one. One that does not exist is an error before anything is asked.
    /// </summary>
    /// <returns>The object; null where nothing will be shown, or it cannot be read alone.</returns>
    internal T? Introduce(string id, Func<CancellationToken, Task<T>?> read)
    {
        if (UsedConnection.Seen.Find<T>(id) is { } seen)
        {
            return seen;
        }

        if (!IsShown || read(StopToken) is not { } reading)
        {
            return null;
        }

        var item = Await(_ => reading);
        Remember(item);
        return item;
    }

    /// <summary>Does something to each of several objects, after a question that names the object and the change.</summary>
    /// <param name="ids">The ids of the objects.</param>
    /// <param name="read">Reads one, for the question; may give null.</param>
    /// <param name="action">The change in words, such as "Delete permanently", for an object that may not be known.</param>
    /// <param name="send">Does it, over the client that it is given: the real one, or one that only describes.</param>
    /// <param name="done">What happens with the answer.</param>
    internal void ForEachConfirmed<TAnswer>(
        IEnumerable<string> ids,
        Func<PolarClient, string, CancellationToken, Task<T>?> read,
        Func<T?, string> action,
        Func<PolarClient, string, CancellationToken, Task<TAnswer>> send,
        Action<TAnswer> done
    )
    {
        foreach (var id in ids)
        {
            Try(
                Subject(id),
                () =>
                {
                    var known = Introduce(id, token => read(Client, id, token));
                    if (Confirm(NameOf(id), action(known), (client, token) => send(client, id, token)))
                    {
                        UsedConnection.Seen.Outdate(id);
                        done(Await(token => send(Client, id, token)));
                    }
                }
            );
        }
    }

    /// <summary>The object in a prompt: kind, name where it is known, id.</summary>
    internal string NameOf(string id) =>
        UsedConnection.Seen.LabelOf(id) is { } label ? $"{Kind} '{label}' ({id})" : $"{Kind} {id}";

    /// <summary>
    /// The change in a prompt: "Set Name to 'Pro', Description to null", with what goes where something is replaced as a whole.
    /// </summary>
    /// <param name="comparison">The change against the object as it is now; null where that was not read.</param>
    internal string Changes(UpdateComparison? comparison = null)
    {
        var usual = new List<string>();
        var own = new List<string>();
        if (EditsMetadata)
        {
            own.Add(MetadataText());
        }

        foreach (
            var (property, field) in FieldMap
                .FieldsOf(GetType())
                .Where(field => field.Property.Name != AddMetadata && IsGiven(field.Property.Name))
        )
        {
            if (ChangeText(property.Name, comparison) is { } text)
            {
                own.Add(text);
            }
            else
            {
                usual.Add(
                    $"{property.Name} to {TextOf(property.Name, property.GetValue(this))}"
                        + LossText(comparison?.Lost(field))
                );
            }
        }

        if (usual.Count > 0)
        {
            own.Insert(0, "Set " + string.Join(", ", usual));
        }

        var changes = string.Join("; ", own.Distinct());
        return changes.Length > 0 ? char.ToUpperInvariant(changes[0]) + changes.Substring(1) : changes;
    }

    /// <summary>What a parameter changes, in words of its own, beginning with a verb; null for the usual "Set … to …".</summary>
    internal virtual string? ChangeText(string parameter, UpdateComparison? comparison) => null;

    /// <summary>What goes with a change, in brackets: " (removes 'plan', 'tier')"; empty where nothing does.</summary>
    internal string LossText(IReadOnlyList<object>? lost) =>
        lost is null or { Count: 0 } ? string.Empty : $" (removes {NamesOf(lost)})";

    /// <summary>Several objects in a prompt, briefly.</summary>
    internal string NamesOf(IReadOnlyList<object> items) =>
        string.Join(
            ", ",
            items.Take(MostNames).Select(item => ValueText.Of(item is string id ? LabelOf(id) : item.ToString()))
        ) + (items.Count > MostNames ? $" and {items.Count - MostNames} more" : string.Empty);

    /// <summary>Whether a question or -WhatIf is going to say what goes with a change, and anything can.</summary>
    internal virtual bool SaysWhatGoes(RequestBody body) => IsShown && UpdateComparison.ReplacesParts(typeof(T), body);

    /// <summary>Whether -WhatIf shows a change of what the session has seen: that needs no request.</summary>
    internal bool IsSeenPreview(string id) => IsWhatIf && UsedConnection.Seen.Find<T>(id) is not null;

    /// <summary>Leaves an object that is already up to date: it is written as if it had been set.</summary>
    /// <param name="name">The object, as <see cref="NameOf"/> names it.</param>
    /// <param name="current">The object, read just now.</param>
    internal void Leave(string name, T current)
    {
        if (ShowNoChange($"{name} in {UsedConnection}", "already up to date"))
        {
            return;
        }

        WriteVerbose($"{name} in {UsedConnection} is already up to date; nothing was sent.");
        WriteModel(current);
    }

    /// <summary>Says with -WhatIf that nothing would be changed, and why.</summary>
    /// <returns>Whether -WhatIf was given.</returns>
    internal bool ShowNoChange(string target, string reason)
    {
        if (IsWhatIf)
        {
            ShouldProcess(target, $"No change: {reason}");
        }

        return IsWhatIf;
    }

    /// <summary>A value in a prompt, as people read it: an id as the name that goes with it, where that is known.</summary>
    internal virtual string TextOf(string parameter, object? value) =>
        ValueText.Of(
            value switch
            {
                string text => LabelOf(text),
                string[] texts => Array.ConvertAll(texts, LabelOf),
                _ => value,
            }
        );

    /// <summary>An amount in a prompt: as money of the currency that was given with it.</summary>
    internal string MoneyText(long amount) =>
        Money.Format(amount, (GetType().GetProperty("Currency")?.GetValue(this) as string)?.ToLowerInvariant());

    /// <summary>The name that goes with an id; the id itself where it is not known.</summary>
    internal string LabelOf(string id) => UsedConnection.Seen.LabelOf(id) ?? id;

    /// <summary>Whether a question will be asked, or -WhatIf shows what would be done.</summary>
    internal bool IsShown
    {
        get
        {
            if (IsWhatIf)
            {
                return true;
            }

            if (IsForced)
            {
                return false;
            }

            if (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm))
            {
                return LanguagePrimitives.IsTrue(confirm);
            }

            var impact = (CmdletAttribute)Attribute.GetCustomAttribute(GetType(), typeof(CmdletAttribute))!;
            return LanguagePrimitives.TryConvertTo<ConfirmImpact>(
                    SessionState.PSVariable.GetValue("ConfirmPreference"),
                    out var preference
                )
                && preference != ConfirmImpact.None
                && preference <= impact.ConfirmImpact;
        }
    }

    /// <summary>Whether -Force is given, for cmdlets that have it.</summary>
    internal virtual bool HasForce => false;

    // -Force answers the question, and nothing else: -WhatIf still only shows, and -Confirm asks all the same.
    private bool IsForced => HasForce && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");
}

/// <summary>A cmdlet that deletes, and asks first unless -Force is given.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class ForcePolarCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    /// <summary>Deletes without a question; -Confirm asks nevertheless.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    internal override bool HasForce => Force;
}

/// <summary>Deletes objects permanently.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class RemovePolarCmdlet<T> : ForcePolarCmdlet<T>
    where T : PolarObject
{
    internal abstract string[] Ids { get; }

    internal abstract Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Reads one, so that the question can name it; null where Polar cannot give one alone.</summary>
    internal abstract Task<T>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>What the question says will happen.</summary>
    internal virtual string Deletion(T? item) => "Delete permanently";

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        ForEachConfirmed(
            Ids,
            ReadAsync,
            Deletion,
            async (client, id, token) =>
            {
                await DeleteAsync(client, id, token).ConfigureAwait(false);
                return true;
            },
            static _ => { }
        );
}

/// <summary>Runs one action on objects by id, and writes the results.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarActionCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    internal abstract string[] Ids { get; }

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>What the question says will happen, as far as it is known: what will be charged, or lost.</summary>
    /// <param name="item">The object as last seen; null if not known.</param>
    internal abstract string Action(T? item);

    internal abstract Task<T> SendAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Reads one, so that the question can name it; null where Polar cannot give one alone.</summary>
    internal abstract Task<T>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    internal override void ProcessInput() => ForEachConfirmed(Ids, ReadAsync, Action, SendAsync, WriteModel);
}

/// <summary>Changes objects by id, each in the same way.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the update.</typeparam>
public abstract class SetPolarCmdlet<T, TBody> : PolarWriteCmdlet<T>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    internal abstract string[] Ids { get; }

    internal abstract Task<T> UpdateAsync(
        PolarClient client,
        string id,
        TBody body,
        CancellationToken cancellationToken
    );

    /// <summary>Reads one: to say what goes when something is replaced as a whole, and to complete or hold back a change.</summary>
    internal abstract Task<T> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <summary>Whether a change that changes nothing is not sent, because sending it has effects of its own.</summary>
    internal virtual bool HoldsBack => false;

    /// <summary>Whether the body can only be completed with the object as it is now.</summary>
    internal virtual bool NeedsCurrent(string id, TBody body) => false;

    /// <summary>Completes the body with what depends on the object as it is; by default nothing.</summary>
    /// <exception cref="ArgumentException">What was given makes no sense for the object as it is.</exception>
    internal virtual void Complete(T current, TBody body) { }

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var id in Ids)
        {
            Try(Subject(id), () => Update(id));
        }
    }

    private void Update(string id)
    {
        var body = Fill(new TBody());
        if (IsNothing(body))
        {
            Fail(ErrorRecords.NothingToChange(Subject(id)));
            return;
        }

        UpdateComparison? comparison = null;
        if ((HoldsBack && !IsSeenPreview(id)) || EditsMetadata || SaysWhatGoes(body))
        {
            var current = Read(id, body);
            comparison = Compare(current, body);
            if (HoldsBack && comparison.ChangesNothing)
            {
                Leave(NameOf(id), current);
                return;
            }
        }

        if (Confirm(NameOf(id), Changes(comparison), (client, token) => UpdateAsync(client, id, body, token)))
        {
            if (comparison is null && NeedsCurrent(id, body))
            {
                Read(id, body);
            }

            UsedConnection.Seen.Outdate(id);
            WriteModel(Await(token => UpdateAsync(Client, id, body, token)));
        }
    }

    private T Read(string id, TBody body)
    {
        var current = Await(token => ReadAsync(Client, id, token));
        Remember(current);
        Complete(current, body);
        return current;
    }
}

/// <summary>Creates an object.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewPolarCmdlet<T, TBody> : PolarWriteCmdlet<T>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    // The parameters that say how much.
    private static readonly string[] Sums = ["Price", "Amount", "Amounts", "Percent"];

    /// <summary>What the new object is called in prompts and errors.</summary>
    internal abstract string NewName { get; }

    internal abstract Task<T> CreateAsync(PolarClient client, TBody body, CancellationToken cancellationToken);

    internal override RowColumns Columns => RowColumns.All;

    /// <summary>What the question says will happen, with the price as money.</summary>
    private string Creation() =>
        "Create"
        + string.Concat(
            Sums.Where(IsBound)
                .Select(name => (Name: name, Value: GetType().GetProperty(name)?.GetValue(this)))
                .Select(sum =>
                    $", {sum.Name} {(sum.Value is long amount ? MoneyText(amount) : TextOf(sum.Name, sum.Value))}"
                )
        );

    /// <inheritdoc/>
    internal override void ProcessInput() => Create(new ErrorSubject(Kind, NewName, IsNew: true));

    private void Create(ErrorSubject subject) =>
        Try(
            subject,
            () =>
            {
                var body = Fill(new TBody());
                if (Confirm($"{Kind} '{NewName}'", Creation(), (client, token) => CreateAsync(client, body, token)))
                {
                    WriteModel(Await(token => CreateAsync(Client, body, token)));
                }
            }
        );
}
