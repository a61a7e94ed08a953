namespace PolarPS.Commands;

/// <summary>What questions say will happen to a seat, for sellers and customers alike.</summary>
internal static class SeatActions
{
    /// <summary>Of a seat that is revoked.</summary>
    public static string Revocation(CustomerSeat? seat) =>
        seat?.Status == "pending"
            ? "Withdraw the invitation, and free the seat for someone else"
            : "Revoke the seat and its benefits, and free it for someone else";

    /// <summary>Of an invitation that is sent again.</summary>
    public static string Invitation(CustomerSeat? seat) =>
        "Send the invitation again" + (seat?.Email is { } email ? $", to {email}" : string.Empty);
}
