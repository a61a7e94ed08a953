using System.Collections.Generic;
using System.Linq;

namespace PolarPS.Emulator;

/// <summary>What the parts of one emulator share, and the list of its parts.</summary>
internal sealed class EmulatorCore
{
    public EmulatorCore(EmulatorOptions options)
    {
        Options = options;
        Clock = new Clock(options.Clock);
        Ids = new IdGenerator(options.Seed);
        Store = new Store();
        Tokens = new TokenRegistry(new IdGenerator(options.Seed, stream: 1));

        Organizations = new OrganizationResource(this);
        Meters = new MeterResource(this);
        CustomFields = new CustomFieldResource(this);
        Files = new FileShelf(this);
        Benefits = new BenefitResource(this);
        Products = new ProductResource(this);
        Discounts = new DiscountResource(this);
        CheckoutLinks = new CheckoutLinkResource(this);
    }

    public EmulatorOptions Options { get; }

    public Clock Clock { get; }

    public IdGenerator Ids { get; }

    public Store Store { get; }

    public TokenRegistry Tokens { get; }

    public OrganizationResource Organizations { get; }

    public MeterResource Meters { get; }

    public CustomFieldResource CustomFields { get; }

    public FileShelf Files { get; }

    public BenefitResource Benefits { get; }

    public ProductResource Products { get; }

    public DiscountResource Discounts { get; }

    public CheckoutLinkResource CheckoutLinks { get; }

    /// <summary>Every operation of every resource.</summary>
    public IEnumerable<Operation> Operations =>
        new Resource[] { Organizations, Meters, CustomFields, Benefits, Products, Discounts, CheckoutLinks }.SelectMany(
            resource => resource.Operations
        );
}
