namespace PolarPS.Commands;

/// <summary>Saves a payment method of the customer's, in one step or in two.</summary>
public abstract class PaymentMethodSetupCmdlet : PolarWriteCmdlet<PaymentMethod>, IPortalCmdlet
{
    /// <summary>Charges it from now on, in place of the present default.</summary>
    [Parameter]
    [Field]
    public SwitchParameter SetDefault { get; set; }

    /// <summary>What saving it means, for the question.</summary>
    internal string Effect => SetDefault ? ", charge it from now on, and what is overdue at once" : string.Empty;

    /// <summary>Asks, sends, and writes how it went.</summary>
    internal void SetUp(
        string target,
        string action,
        Func<PolarClient, CancellationToken, Task<PaymentMethodSetup>> send
    ) =>
        Try(
            new ErrorSubject(Kind, target, IsNew: true),
            () =>
            {
                if (!Confirm(target, action + Effect, send))
                {
                    return;
                }

                var setup = Await(token => send(Client, token));
                if (setup.PaymentMethod is { } saved)
                {
                    Remember(saved);
                }

                WriteObject(ModelShaper.Shape(setup));
            }
        );
}
