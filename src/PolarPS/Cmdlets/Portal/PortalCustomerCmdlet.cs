namespace PolarPS.Commands;

/// <summary>Changes something of the customer whose session it is: there is only the one, and no id is given.</summary>
public abstract class PortalCustomerCmdlet : PolarWriteCmdlet<Customer>, IPortalCmdlet
{
    /// <summary>What errors are about where they concern the customer.</summary>
    internal static ErrorSubject Me { get; } = new(Kind, null);

    /// <summary>The customer, read where something is asked or shown; else null.</summary>
    internal Customer? ReadMe()
    {
        if (!IsShown)
        {
            return null;
        }

        var me = Await(Client.Portal.Customer.GetAsync);
        Remember(me);
        return me;
    }

    /// <summary>The customer in a question.</summary>
    internal string NameOf(Customer? me) => me?.Id is { } id ? NameOf(id) : Kind;
}
