namespace PolarPS.Emulator;

/// <summary>What the parts of one emulator share, and the list of its parts.</summary>
internal sealed class EmulatorCore
{
    private readonly Queue<Action> _jobs = new();
    private readonly List<string> _changed = [];

    /// <param name="options">What it starts with.</param>
    /// <param name="tokens">Which tokens it makes, of those that there could be.</param>
    public EmulatorCore(EmulatorOptions options, ulong tokens)
    {
        Options = options;
        Clock = new Clock(options.Clock, options.StartTime, options.FreezeClock);
        Ids = new IdGenerator(options.ShopSeed);
        Store = new Store();
        Schedule = new Schedule(Store);
        Tokens = new TokenRegistry(new IdGenerator(options.ShopSeed, tokens), Clock);
        Downloads = new Downloads(this);

        Organizations = new OrganizationResource(this);
        Meters = new MeterResource(this);
        CustomFields = new CustomFieldResource(this);
        Files = new FileResource(this);
        Benefits = new BenefitResource(this);
        Products = new ProductResource(this);
        Discounts = new DiscountResource(this);
        CheckoutLinks = new CheckoutLinkResource(this);
        Customers = new CustomerResource(this);
        Members = new MemberResource(this);
        PaymentMethods = new PaymentMethodResource(this);
        Wallets = new WalletResource(this);
        CustomerSessions = new CustomerSessionResource(this);
        Checkouts = new CheckoutResource(this);
        Balances = new Balances(this);
        Ledger = new Ledger(this);
        Dunning = new Dunning(this);
        Usage = new UsageBilling(this);
        Billing = new SubscriptionBilling(this);
        Updates = new SubscriptionUpdates(this);
        Subscriptions = new SubscriptionResource(this);
        Orders = new OrderResource(this);
        Invoices = new OrderInvoices(this);
        Receipts = new OrderReceipts(this);
        Payments = new PaymentResource(this);
        Refunds = new RefundResource(this);
        Disputes = new DisputeResource(this);
        BenefitGrants = new BenefitGrantResource(this);
        LicenseKeys = new LicenseKeyResource(this);
        CustomerSeats = new CustomerSeatResource(this);
        Events = new EventResource(this);
        EventTypes = new EventTypeResource(this);
        CustomerMeters = new CustomerMeterResource(this);
        Webhooks = new WebhookResource(this);
        Metrics = new MetricsResource(this);
        PortalCustomers = new PortalCustomers(this);
        PortalPeople = new PortalPeople(this);
        PortalPurchases = new PortalPurchases(this);
        OAuth = new OAuthResource(this);
        History = new ShopHistory(this);
    }

    public EmulatorOptions Options { get; }

    public Clock Clock { get; }

    /// <summary>Makes the ids; the shop's history has ids of its own, so that those of everything else do not depend on it.</summary>
    public IdGenerator Ids { get; set; }

    public Store Store { get; }

    public TokenRegistry Tokens { get; }

    public Schedule Schedule { get; }

    public Downloads Downloads { get; }

    /// <summary>Where the emulator was addressed by the request at hand.</summary>
    public string Origin { get; set; } = "http://localhost";

    public OrganizationResource Organizations { get; }

    public MeterResource Meters { get; }

    public CustomFieldResource CustomFields { get; }

    public FileResource Files { get; }

    public BenefitResource Benefits { get; }

    public ProductResource Products { get; }

    public DiscountResource Discounts { get; }

    public CheckoutLinkResource CheckoutLinks { get; }

    public CustomerResource Customers { get; }

    public MemberResource Members { get; }

    public PaymentMethodResource PaymentMethods { get; }

    public WalletResource Wallets { get; }

    public CustomerSessionResource CustomerSessions { get; }

    public CheckoutResource Checkouts { get; }

    public Balances Balances { get; }

    public Ledger Ledger { get; }

    public Dunning Dunning { get; }

    public UsageBilling Usage { get; }

    public SubscriptionBilling Billing { get; }

    public SubscriptionUpdates Updates { get; }

    public SubscriptionResource Subscriptions { get; }

    public OrderResource Orders { get; }

    public OrderInvoices Invoices { get; }

    public OrderReceipts Receipts { get; }

    public PaymentResource Payments { get; }

    public RefundResource Refunds { get; }

    public DisputeResource Disputes { get; }

    public BenefitGrantResource BenefitGrants { get; }

    public LicenseKeyResource LicenseKeys { get; }

    public CustomerSeatResource CustomerSeats { get; }

    public EventResource Events { get; }

    public EventTypeResource EventTypes { get; }

    public CustomerMeterResource CustomerMeters { get; }

    public WebhookResource Webhooks { get; }

    public MetricsResource Metrics { get; }

    public PortalCustomers PortalCustomers { get; }

    public PortalPeople PortalPeople { get; }

    public PortalPurchases PortalPurchases { get; }

    public OAuthResource OAuth { get; }

    /// <summary>What would have been mailed.</summary>
    public List<EmulatorMail> Mails { get; } = [];

    /// <summary>Mails something, that is: keeps it.</summary>
    public void Send(EmulatorMail mail)
    {
        Mails.Add(mail);
        Store.Undo(() => Mails.Remove(mail));
    }

    /// <summary>What had happened in the shop before it was opened here.</summary>
    public ShopHistory History { get; }

    /// <summary>Every operation of every resource.</summary>
    public IEnumerable<Operation> Operations => Resources.SelectMany(resource => resource.Operations);

    private Resource[] Resources =>
        [
            Organizations,
            Meters,
            CustomFields,
            Files,
            Benefits,
            Products,
            Discounts,
            CheckoutLinks,
            Customers,
            Members,
            CustomerSessions,
            Checkouts,
            Subscriptions,
            Orders,
            Payments,
            Refunds,
            Disputes,
            BenefitGrants,
            LicenseKeys,
            CustomerSeats,
            Events,
            EventTypes,
            CustomerMeters,
            Webhooks,
            Metrics,
            PortalCustomers,
            PortalPeople,
            PortalPurchases,
            OAuth,
        ];

    /// <summary>Brings everything up to the present, so that an operation finds it as it should be by now.</summary>
    public void CatchUp(Operation operation)
    {
        History.Ensure(operation);
        RunSchedule(Clock.Now);
        if (operation.Id != "events:ingest")
        {
            CustomerMeters.Refresh();
        }

        // Before the operation: an endpoint that it creates has no part in what was before.
        RunJobs();
    }

    /// <summary>Moves the time forward, with everything that falls due on the way.</summary>
    /// <param name="until">The new time.</param>
    public void Advance(DateTimeOffset until)
    {
        History.Ensure();
        RunSchedule(until);
        Clock.Advance(until - Clock.Now);
        CustomerMeters.Refresh();
    }

    /// <summary>Keeps every appointment up to a time.</summary>
    public void RunSchedule(DateTimeOffset until) => Schedule.Run(Clock, until, RunJobs);

    /// <summary>
    /// Leaves something for the time after the operation at hand, as Polar leaves it to its workers: what is answered does not
    /// show it yet.
    /// </summary>
    public void Enqueue(Action job) => _jobs.Enqueue(job);

    /// <summary>Notes that webhooks are to tell what a customer has now, once everything at hand is done.</summary>
    public void StateChanged(string? customerId)
    {
        if (customerId is not null && !_changed.Contains(customerId))
        {
            _changed.Add(customerId);
        }
    }

    /// <summary>Does what has been left to be done.</summary>
    public void RunJobs()
    {
        while (_jobs.Count > 0)
        {
            _jobs.Dequeue()();
        }

        foreach (var id in _changed)
        {
            if (Customers.Documents.Find(id) is { } customer && Customers.IsVisible(customer))
            {
                Happened("customer.state_changed", customer);
            }
        }

        _changed.Clear();
    }

    /// <summary>Leaves undone what a change left that was refused.</summary>
    public void DropJobs()
    {
        _jobs.Clear();
        _changed.Clear();
    }

    /// <summary>How an organization's prices contain tax, where they do not say themselves: inclusive, exclusive or location.</summary>
    public string TaxOf(string organizationId) =>
        Organizations.Documents.Find(organizationId)!.Row.Text("default_tax_behavior") ?? "location";

    /// <summary>Says that something happened, to all who listen.</summary>
    public void Happened(string type, Document document) => Webhooks.Tell(type, document);

    /// <summary>The currency in which an organization sells unless it is asked for another.</summary>
    public string CurrencyOf(string organizationId) =>
        Organizations.Documents.Find(organizationId)!.Row.Text("default_presentment_currency") ?? "usd";
}
