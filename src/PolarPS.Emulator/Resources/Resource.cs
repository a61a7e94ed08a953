namespace PolarPS.Emulator;

/// <summary>
/// A kind of object that the API serves. Getting, listing, deleting and the bookkeeping of creating and updating are the
/// same for all and are here; a resource adds its operations' forms, its rules, and how its documents are written.
/// </summary>
internal abstract class Resource
{
    /// <summary>Organizations' and users' tokens: who may use most operations.</summary>
    protected const Subjects Merchants = Subjects.Organization | Subjects.User;

    private readonly string _scope;

    /// <param name="core">What all resources share.</param>
    /// <param name="kind">The name of the collection, and the first part of the operations' names.</param>
    /// <param name="scope">The scopes' name, before :read and :write.</param>
    protected Resource(EmulatorCore core, string kind, string scope)
    {
        Core = core;
        Kind = kind;
        _scope = scope;
        Documents = core.Store[kind];
        Documents.References = References;
    }

    public string Kind { get; }

    public Collection Documents { get; }

    /// <summary>How a document is returned on its own.</summary>
    public abstract View View { get; }

    public abstract IEnumerable<Operation> Operations { get; }

    /// <summary>
    /// What webhooks call the kind, such as product, where the common operations tell them that one was created, updated or
    /// deleted; null where they do not.
    /// </summary>
    protected virtual string? ToldAs => null;

    protected EmulatorCore Core { get; }

    /// <summary>The ids that a row points at.</summary>
    protected virtual IEnumerable<string> References(JsonObject row) => [];

    /// <summary>Whether a document is there for callers; what was deleted may be kept for what points at it.</summary>
    public virtual bool IsVisible(Document document) => true;

    /// <summary>Removes a document and what cannot be without it.</summary>
    public virtual void Discard(Document document) => Core.Store.Remove(document);

    /// <summary>Adds something that looks like what there is.</summary>
    /// <param name="model">What it looks like.</param>
    /// <param name="older">Whether it was created just before its model, instead of now.</param>
    public virtual Document InsertLike(Document model, bool older)
    {
        var row = model.Row.Clone();
        row["id"] = Core.Ids.NextId();
        row["modified_at"] = null;
        row["created_at"] = older ? Before(model) : Core.Clock.Stamp();
        return Core.Store.Insert(Kind, row);
    }

    /// <summary>The document that the path names, if the caller may know of it.</summary>
    protected Document Find(OperationContext context) =>
        Find(context.Caller, context.Id) ?? throw ApiException.NotFound();

    protected Document? Find(Caller caller, string id) =>
        Documents.Find(id) is { } document && caller.CanSee(document.OrganizationId) && IsVisible(document)
            ? document
            : null;

    /// <summary>A row with what every new object has, to which a resource adds its own fields.</summary>
    protected JsonObject NewRow(string? organizationId)
    {
        var row = new JsonObject
        {
            ["id"] = Core.Ids.NextId(),
            ["created_at"] = Core.Clock.Stamp(),
            ["modified_at"] = null,
        };
        if (organizationId is not null)
        {
            row["organization_id"] = organizationId;
        }

        return row;
    }

    /// <summary>Copies the members of a body to a row, except some.</summary>
    protected static void Apply(JsonObject row, JsonObject body, params string[] except)
    {
        foreach (var member in body.ToArray())
        {
            if (!except.Contains(member.Key))
            {
                row[member.Key] = member.Value?.DeepClone();
            }
        }
    }

    protected Operation ListOperation(string path, ListDefinition definition) =>
        Reading("list", "GET", path, context => ListRunner.Run(context, this, definition, View));

    protected Operation GetOperation(string path) =>
        Reading("get", "GET", path, context => Reply.Ok(Find(context).Render(View)));

    /// <param name="path">Where it is.</param>
    /// <param name="body">The form of the body.</param>
    /// <param name="create">Makes the row.</param>
    protected Operation CreateOperation(string path, Schema body, Func<OperationContext, JsonObject> create) =>
        Writing(
            "create",
            "POST",
            path,
            body,
            context =>
            {
                var document = Core.Store.Insert(Kind, create(context));
                Announce("created", document);
                return Reply.Created(document.Render(View));
            }
        );

    /// <param name="path">Where it is.</param>
    /// <param name="body">The form of the body.</param>
    /// <param name="update">Changes a copy of the row, or refuses to.</param>
    protected Operation UpdateOperation(string path, Schema body, Action<OperationContext, JsonObject> update) =>
        Writing(
            "update",
            "PATCH",
            path,
            body,
            context =>
            {
                var document = Find(context);
                var row = document.Row.Clone();
                update(context, row);
                row["modified_at"] = Core.Clock.Stamp();
                Core.Store.Replace(document, row);
                Announce("updated", document);
                return Reply.Ok(document.Render(View));
            }
        );

    /// <param name="path">Where it is.</param>
    /// <param name="check">Refuses what must not be deleted.</param>
    protected Operation DeleteOperation(string path, Action<Document>? check = null) =>
        Writing(
            "delete",
            "DELETE",
            path,
            null,
            context =>
            {
                var document = Find(context);
                check?.Invoke(document);
                Announce("deleted", document);
                Discard(document);
                return Reply.NoContent;
            }
        );

    /// <summary>Tells webhooks what happened to a document, if they want to know of its kind.</summary>
    protected void Announce(string what, Document document)
    {
        if (ToldAs is { } name)
        {
            Core.Happened(name + "." + what, document);
        }
    }

    /// <summary>An operation that changes nothing: the right to read or to write is enough.</summary>
    protected Operation Reading(string name, string method, string path, Func<OperationContext, Reply> handle) =>
        new(Kind + ":" + name, method, path, [_scope + ":read", _scope + ":write"], Merchants, handle);

    /// <summary>An operation that changes something.</summary>
    protected Operation Writing(
        string name,
        string method,
        string path,
        Schema? body,
        Func<OperationContext, Reply> handle,
        Subjects subjects = Merchants
    ) => new(Kind + ":" + name, method, path, [_scope + ":write"], subjects, handle) { Body = body };

    /// <summary>An operation that needs no token.</summary>
    protected Operation Open(
        string name,
        string method,
        string path,
        Schema? body,
        Func<OperationContext, Reply> handle
    ) => new(Kind + ":" + name, method, path, [], Subjects.Anonymous, handle) { Body = body };

    /// <summary>Replaces a document's row with a changed copy, and stamps it.</summary>
    public Document Change(Document document, Action<JsonObject> change)
    {
        var row = document.Row.Clone();
        change(row);
        row["modified_at"] = Core.Clock.Stamp();
        Core.Store.Replace(document, row);
        return document;
    }

    /// <summary>Copies the members of a body to a row, except those that are null, where null means to leave it.</summary>
    protected static void ApplyGiven(JsonObject row, JsonObject body, params string[] except) =>
        Apply(
            row,
            body,
            [.. except, .. body.Where(member => member.Value is null).Select(member => member.Key).ToArray()]
        );

    protected static string Before(Document model) =>
        Timestamps.Format(Timestamps.Parse(model.Row.Text("created_at")!).AddSeconds(-1));
}
