namespace PolarPS.Client.Models;

/// <summary>What tells when it was created and last changed.</summary>
internal interface IDated
{
    DateTimeOffset? CreatedAt { get; }

    DateTimeOffset? ModifiedAt { get; }
}
