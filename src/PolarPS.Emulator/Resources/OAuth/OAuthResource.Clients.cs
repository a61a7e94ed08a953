namespace PolarPS.Emulator;

// Registrations of clients.
internal sealed partial class OAuthResource
{
    // Polar takes it, and does not keep it for clients that register themselves.
    private const string DroppedField = "default_sub_type";

    private Reply Register(OperationContext context)
    {
        var row = NewRow(Core.Ids.NextId());
        Apply(row, context.Body, DroppedField);
        CheckScope(row);
        var id = Core.Ids.NextToken("polar_ci_");
        row["client_id"] = id;
        row["client_secret"] = Core.Ids.NextToken("polar_cs_");
        row["client_id_issued_at"] = Core.Clock.Now.ToUnixTimeSeconds();
        row["client_secret_expires_at"] = 0;
        row["registration_access_token"] = Core.Tokens.Create(
            TokenRegistry.RegistrationPrefix,
            new Caller(Subjects.Anonymous, null, []) { SessionId = id }
        );
        row["registration_client_uri"] = Core.Origin + "/v1/oauth2/register/" + id;
        return Shown(Core.Store.Insert(Kind, row));
    }

    // A public client has a secret too, which nobody is told.
    private Reply Shown(Document client)
    {
        var shown = client.ToObject(View);
        if (IsPublic(client))
        {
            shown.Remove("client_secret");
            shown.Remove("client_secret_expires_at");
        }

        return Reply.Json(200, shown);
    }

    private static bool IsPublic(Document client) => client.Row.Text("token_endpoint_auth_method") == "none";

    private static void CheckScope(JsonObject row)
    {
        foreach (var scope in row.Text("scope")!.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!EmulatorScopes.All.Contains(scope))
            {
                throw Problems.Value(
                    Location.Body["scope"],
                    "There is no such scope: " + scope + ".",
                    row.Copy("scope")
                );
            }
        }
    }

    // A client is managed with the token that it got when it registered, and with none that it got since.
    private Document Managed(OperationContext context) =>
        context.Caller is not { Subject: Subjects.Anonymous, SessionId: { } registration }
            ? throw Refused("access_denied", "A registration access token is required.")
        : FindClient(context["client_id"]) is { } client && registration == client.Row.Text("client_id") ? client
        : throw Refused("invalid_client", "The client does not exist on this server.", 401);

    private Reply ChangeClient(OperationContext context)
    {
        var client = Managed(context);
        if (context.Body.Text("client_id") != client.Row.Text("client_id"))
        {
            throw Problems.Value(
                Location.Body["client_id"],
                "This is not the client of the path.",
                context.Body.Copy("client_id")
            );
        }

        return Shown(
            Change(
                client,
                row =>
                {
                    // The whole but for what is null, which Polar leaves as it is.
                    ApplyGiven(row, context.Body, DroppedField);
                    CheckScope(row);
                }
            )
        );
    }
}
