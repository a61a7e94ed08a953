using System;
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

    private void Remember(T item)
    {
        var seen = UsedConnection.Seen;
        seen.Add(typeof(T), Kinds.IdOf(item), item.ToString());
        foreach (var benefit in (item as Product)?.Benefits ?? [])
        {
            seen.Add(typeof(Benefit), benefit.Id, benefit.ToString());
        }

        if (item is CheckoutLink { Discount: { } discount })
        {
            seen.Add(typeof(Discount), discount.Id, discount.Name);
        }
    }
}

/// <summary>Gets things by id, or streams the list of them.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class GetPolarCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    internal const string ListSet = "List";
    internal const string IdSet = "Id";

    private DateTime _listingSince;
    private bool _progressShown;

    /// <summary>The ids of the things to get; each cmdlet declares the parameter with its own kind.</summary>
    internal abstract string[]? Ids { get; }

    internal abstract Task<T> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The list that the filters describe, in the extent that -First and -Skip ask for.</summary>
    internal abstract PagedList<T> List();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != IdSet)
        {
            Try(Subject(null), () => WriteList(List()));
            return;
        }

        if (IsBound("First") || IsBound("Skip") || IsBound("IncludeTotalCount"))
        {
            ThrowTerminatingError(ErrorRecords.PagingWithId());
        }

        foreach (var id in Ids!)
        {
            Try(Subject(id), () => WriteModel(Await(cancellationToken => GetAsync(id, cancellationToken))));
        }
    }

    /// <summary>Puts what -First, -Skip and -Sort ask for into a query.</summary>
    internal TQuery Extent<TQuery>(TQuery query, string[]? sort)
        where TQuery : SortedListQuery
    {
        query.Sorting = sort is null ? null : [.. sort.Select(SortField)];
        query.Skip = checked((long)Math.Min(PagingParameters.Skip, long.MaxValue));
        query.First = PagingParameters.First >= long.MaxValue ? null : (long)PagingParameters.First;
        return query;
    }

    // "Name" and "-CreatedAt" are as good as the API's own spelling.
    private static string SortField(string field) =>
        field.StartsWith("-", StringComparison.Ordinal)
            ? "-" + JsonSettings.FieldName(field.Substring(1))
            : JsonSettings.FieldName(field);

    private void WriteList(PagedList<T> list)
    {
        _listingSince = DateTime.UtcNow;
        long written = 0;
        try
        {
            ForEachPage(
                list.ReadPagesAsync(StopToken),
                page =>
                {
                    if (PagingParameters.IncludeTotalCount)
                    {
                        WriteTotalCount(page.TotalCount);
                        PagingParameters.IncludeTotalCount = false;
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
            EndProgress();
        }
    }

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
            new ProgressRecord(ProgressIds.List, $"Listing {Kind}s", $"{written:N0} of {total:N0}")
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
                new ProgressRecord(ProgressIds.List, $"Listing {Kind}s", "done")
                {
                    RecordType = ProgressRecordType.Completed,
                }
            );
        }
    }
}

/// <summary>Changes something. Nothing is sent without ShouldProcess; -WhatIf -Verbose shows what would be.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class PolarWriteCmdlet<T> : PolarModelCmdlet<T>
    where T : PolarObject
{
    /// <summary>The fields of the body that were given, in order, put into the body.</summary>
    /// <exception cref="ArgumentException">A value that Polar would refuse.</exception>
    internal TBody Fill<TBody>(TBody body)
        where TBody : RequestBody
    {
        foreach (var (property, field) in FieldMap.FieldsOf(GetType()))
        {
            if (IsBound(property.Name))
            {
                var value = PlainValues.Of(property.GetValue(this));
                if (field == "metadata")
                {
                    // Empty clears it; null would be refused.
                    value ??= new Dictionary<string, object?>();
                }

                // Now, and not only on sending: no question is asked about what cannot be sent.
                body.CheckField(field, value);
                body.SetField(field, value);
            }
        }

        return body;
    }

    /// <summary>Asks whether to go on, naming the thing, the environment and the change.</summary>
    /// <param name="target">The thing, as <see cref="NameOf"/> names it.</param>
    /// <param name="action">The change, such as "Set Description to null".</param>
    /// <param name="send">What would be sent; for -WhatIf -Verbose.</param>
    internal bool Confirm(string target, string action, Func<PolarClient, CancellationToken, Task> send)
    {
        if (ShouldProcess($"{target} in {UsedConnection}", action))
        {
            return true;
        }

        if (IsWhatIf)
        {
            WriteVerbose(PreviewHandler.Describe(send));
        }

        return false;
    }

    /// <summary>The thing in a prompt: kind, name where it is known, id.</summary>
    internal string NameOf(string id) =>
        UsedConnection.Seen.LabelOf(id) is { } label ? $"{Kind} '{label}' ({id})" : $"{Kind} {id}";

    /// <summary>The change in a prompt: "Set Name to 'Pro', Description to null".</summary>
    internal string Changes() =>
        "Set "
        + string.Join(
            ", ",
            FieldMap
                .FieldsOf(GetType())
                .Where(field => IsBound(field.Property.Name))
                .Select(field => $"{field.Property.Name} to {ValueText.Of(field.Property.GetValue(this))}")
        );

    private bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? LanguagePrimitives.IsTrue(given)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}

/// <summary>Deletes things for good.</summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class RemovePolarCmdlet<T> : PolarWriteCmdlet<T>
    where T : PolarObject
{
    internal abstract string[] Ids { get; }

    internal abstract Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Ids)
        {
            Try(
                Subject(id),
                () =>
                {
                    if (Confirm(NameOf(id), "Delete for good", (client, token) => DeleteAsync(client, id, token)))
                    {
                        Await(token => DeleteAsync(Client, id, token));
                    }
                }
            );
        }
    }
}

/// <summary>Changes things by id, each in the same way.</summary>
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

    /// <summary>Completes the body, once it is to be sent, with what depends on the thing as it is; by default nothing.</summary>
    internal virtual void Complete(string id, TBody body) { }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in Ids)
        {
            Try(Subject(id), () => Update(id));
        }
    }

    private void Update(string id)
    {
        var body = Fill(new TBody());
        if (body.IsEmpty())
        {
            ThrowTerminatingError(ErrorRecords.NothingToChange(Subject(id)));
        }

        if (Confirm(NameOf(id), Changes(), (client, token) => UpdateAsync(client, id, body, token)))
        {
            Complete(id, body);
            WriteModel(Await(token => UpdateAsync(Client, id, body, token)));
        }
    }
}

/// <summary>Makes a thing.</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <typeparam name="TBody">The body of the creation.</typeparam>
public abstract class NewPolarCmdlet<T, TBody> : PolarWriteCmdlet<T>
    where T : PolarObject
    where TBody : RequestBody, new()
{
    /// <summary>What the new thing is called in prompts and errors.</summary>
    internal abstract string NewName { get; }

    internal abstract Task<T> CreateAsync(PolarClient client, TBody body, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create(new ErrorSubject(Kind, NewName, IsNew: true));

    private void Create(ErrorSubject subject) =>
        Try(
            subject,
            () =>
            {
                var body = Fill(new TBody());
                if (Confirm($"{Kind} '{NewName}'", "Create", (client, token) => CreateAsync(client, body, token)))
                {
                    WriteModel(Await(token => CreateAsync(Client, body, token)));
                }
            }
        );
}
