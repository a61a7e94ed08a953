// Long because what a checkout may have depends on all of its fields, no matter what changes them.

namespace PolarPS.Emulator;

/// <summary>What a checkout may be made of, and changed to.</summary>
internal sealed class CheckoutRules
{
    private static readonly string[] Quantities = ["seats", "units"];

    private static readonly string[] Unapplied =
    [
        "products",
        "prices",
        "product_id",
        "product_price_id",
        "amount",
        "currency",
        "seats",
        "units",
        "discount_id",
        "discount_code",
        "customer_billing_address",
        "customer_tax_id",
        "custom_field_data",
        "confirmation_token_id",
    ];

    // Null clears these; for others it says nothing.
    private static readonly string[] Clearable =
    [
        .. Form.Trial.Names,
        .. CheckoutForms.Buyer.Names,
        .. CheckoutForms.Surroundings.Names,
        "customer_billing_name",
        "success_url",
        "customer_ip_address",
        "payment_method_type",
    ];

    private readonly EmulatorCore _core;

    public CheckoutRules(EmulatorCore core) => _core = core;

    /// <summary>The prices of a product in a checkout, which may have some of its own.</summary>
    public static JsonObject[] Prices(JsonObject row, Document product) =>
        row["ad_hoc"] is JsonObject adHoc && adHoc.ContainsKey(product.Id)
            ? adHoc.Objects(product.Id).ToArray()
            : product.Row.Objects("prices").Where(price => !price.Flag("is_archived")).ToArray();

    public CheckoutSum Sum(JsonObject row)
    {
        var product = _core.Products.Documents.Find(row.Text("product_id"));
        return new CheckoutSum(
            row,
            product?.Row,
            product is null ? [] : Prices(row, product),
            _core.Discounts.Documents.Find(row.Text("discount_id"))?.Row,
            _core.TaxOf(row.Text("organization_id")!)
        );
    }

    /// <summary>Fills the row of a new checkout.</summary>
    public void Create(JsonObject row, JsonObject body, List<Document> products)
    {
        var product = products[0];
        row["products"] = Json.ToArray(products.Select(offered => offered.Id));
        row["ad_hoc"] = AdHoc(body, products, row.Text("created_at")!);
        row["product_id"] = product.Id;
        row["chosen_amount"] = null;
        row["discount_id"] = null;
        foreach (var name in Quantities)
        {
            row[name] = null;
        }

        foreach (var member in body)
        {
            if (!Unapplied.Contains(member.Key))
            {
                row[member.Key] = member.Value?.DeepClone();
            }
        }

        row["customer_billing_address"] = body.Copy("customer_billing_address");
        var prices = Prices(row, product);
        row["currency"] = body.Text("currency") ?? _core.CurrencyOf(product.OrganizationId);
        if (!PriceMath.In(prices, row.Text("currency")!).Any())
        {
            throw Problems.Value(
                Location.Body["products"][0],
                $"The product has no price in {row.Text("currency")}.",
                product.Id
            );
        }

        RememberPrice(row, product);
        ChooseAmount(row, product, body);
        if (body.Text("discount_id") is { } discountId)
        {
            row["discount_id"] = CheckDiscount(row, product, "discount_id", discountId).Id;
        }

        SetTaxId(row, body.Text("customer_tax_id"), body);
        foreach (var name in Quantities)
        {
            CheckRange(row, product, name);
            Choose(row, product, name, body.Number(name));
        }

        ApplyCustomer(row, body, product.OrganizationId);
        row["custom_field_data"] = _core.CustomFields.ReadAnswers(
            (JsonObject)body["custom_field_data"]!,
            product,
            complete: false
        );
        SetDefaults(row, body);
        SetTrialEnd(row);
    }

    /// <summary>Changes the row of an open checkout.</summary>
    /// <param name="document">The checkout, for what has to know it.</param>
    /// <param name="row">Its row, a copy.</param>
    /// <param name="body">The change.</param>
    /// <param name="isByBuyer">Whether a buyer asks for it, who has fewer rights than the shop.</param>
    /// <param name="confirms">Whether the buyer confirms the purchase with it.</param>
    public void Change(Document document, JsonObject row, JsonObject body, bool isByBuyer, bool confirms)
    {
        var product = ChooseProduct(row, body);
        if (
            _core.Discounts.Documents.Find(row.Text("discount_id")) is { } discount
            && !Discounts.Fits(discount.Row, product.Id, row.Text("currency")!)
        )
        {
            row["discount_id"] = null;
        }

        ChooseAmount(row, product, body);
        foreach (var name in Quantities)
        {
            if (body.Has(name))
            {
                Choose(row, product, name, body.Number(name));
            }
        }

        ChangeDiscount(row, product, body, isByBuyer);
        row["customer_billing_address"] = body.Copy("customer_billing_address") ?? row.Copy("customer_billing_address");
        var isPrivate = body.ContainsKey("is_business_customer") && !body.Flag("is_business_customer");
        if (isPrivate || (body.ContainsKey("customer_tax_id") && !body.Has("customer_tax_id")))
        {
            row["customer_tax_id"] = null;
        }
        else
        {
            SetTaxId(row, body.Text("customer_tax_id") ?? row.Text("customer_tax_id"), body);
        }

        ChangeAnswers(row, product, body, confirms);
        foreach (var member in body)
        {
            if (
                !Unapplied.Contains(member.Key)
                && (member.Value is not null || Clearable.Contains(member.Key))
                && !(member.Key == "customer_email" && row.Has("customer_id"))
            )
            {
                row[member.Key] = member.Value?.DeepClone();
            }
        }

        if (isPrivate)
        {
            row["customer_billing_name"] = null;
        }

        SetLocale(row);
        SetTrialEnd(row);
        if (
            isByBuyer
            && !confirms
            && _core.Discounts.Documents.Find(row.Text("discount_id")) is { } chosen
            && _core.Discounts.IsUsedUp(
                chosen,
                _core.Customers.Documents.Find(row.Text("customer_id")),
                row.Text("customer_email"),
                document
            )
        )
        {
            throw UsedUp();
        }

        CheckSubscriptions(row, product);
    }

    /// <summary>What nobody is asked for is forgotten, once there is nothing to be paid.</summary>
    public void ForgetForm(JsonObject row)
    {
        if (Sum(row).NeedsForm)
        {
            return;
        }

        row["payment_method_type"] = null;
        if (!row.Flag("require_billing_address"))
        {
            row["is_business_customer"] = false;
            row["customer_tax_id"] = null;
            row["customer_billing_name"] = null;
        }
    }

    /// <summary>The customer that a checkout is for, as far as it is known.</summary>
    public Document? CustomerOf(JsonObject row) =>
        _core.Customers.Find(row.Text("organization_id")!, row.Text("customer_id") ?? string.Empty)
        ?? (
            row.Text("customer_email") is { } email
                ? _core.Customers.FindByEmail(row.Text("organization_id")!, email)
                : null
        );

    public static ApiException UsedUp() =>
        ApiException.Domain(
            403,
            "DiscountRedemptionLimitReached",
            "The customer has used this discount as often as it may be."
        );

    /// <summary>The products that a body names, or all that is wrong with them.</summary>
    public List<Document> FindProducts(JsonObject body, Caller caller)
    {
        var found = new List<Document>();
        var problems = new Problems();
        var index = 0;
        foreach (var id in body.Texts("products"))
        {
            var at = Location.Body["products"][index++];
            var product = _core.Products.Documents.Find(id);
            if (product is null || !caller.CanSee(product.OrganizationId))
            {
                problems.Add("value_error", at, "There is no such product.", id);
            }
            else if (product.Row.Flag("is_archived"))
            {
                problems.Add("value_error", at, "The product is archived.", id);
            }
            else if (product.Row.Text("visibility") == "draft")
            {
                problems.Add("value_error", at, "The product is a draft.", id);
            }
            else if (!found.Contains(product))
            {
                found.Add(product);
            }
        }

        if (found.Select(product => product.OrganizationId).Distinct().Count() > 1)
        {
            problems.Add(
                "value_error",
                Location.Body["products"],
                "All products of a checkout must be of one organization.",
                body["products"]
            );
        }

        problems.ThrowDomainIfAny();
        return found;
    }

    /// <summary>
    /// Refuses a second subscription to who has one, unless the organization allows several or the first is being upgraded.
    /// </summary>
    private void CheckSubscriptions(JsonObject row, Document product)
    {
        var settings = (JsonObject)
            _core.Organizations.Documents.Find(product.OrganizationId)!.Row["subscription_settings"]!;
        if (
            !settings.Flag("allow_multiple_subscriptions")
            && product.Row.Flag("is_recurring")
            && !row.Has("subscription_id")
            && CustomerOf(row) is { } customer
            && _core
                .Store.Referrers(customer.Id, "subscriptions")
                .Any(subscription => SubscriptionResource.IsBillable(subscription.Row))
        )
        {
            throw ApiException.Domain(
                403,
                "AlreadyActiveSubscriptionError",
                "The customer has an active subscription already."
            );
        }
    }

    private JsonObject AdHoc(JsonObject body, List<Document> products, string stamp)
    {
        var all = new JsonObject();
        var problems = new Problems();
        foreach (var entry in body["prices"] as JsonObject ?? [])
        {
            var at = Location.Body["prices"][entry.Key];
            var product =
                products.Find(candidate => candidate.Id == entry.Key)
                ?? throw Problems.Value(at, "The checkout does not offer this product.", entry.Key);
            var prices = new JsonArray();
            foreach (
                var price in _core.Products.Prices.BuildAdHoc(product, (JsonArray)entry.Value!, at, stamp, problems)
            )
            {
                prices.Add((JsonNode)price);
            }

            all[entry.Key] = prices;
        }

        problems.ThrowDomainIfAny();
        return all;
    }

    private Document ChooseProduct(JsonObject row, JsonObject body)
    {
        var offered = _core.Store.Find("products", row.Texts("products")).ToArray();
        var wanted = body.Text("product_id");
        if (wanted is null && !body.Has("currency"))
        {
            return offered.First(product => product.Id == row.Text("product_id"));
        }

        var product =
            offered.FirstOrDefault(candidate => candidate.Id == (wanted ?? row.Text("product_id")))
            ?? throw Problems.Value(Location.Body["product_id"], "The checkout does not offer this product.", wanted);
        if (wanted is not null && product.Row.Flag("is_archived"))
        {
            throw Problems.Value(Location.Body["product_id"], "The product is archived.", wanted);
        }

        row["product_id"] = product.Id;
        var prices = Prices(row, product);
        if (wanted is not null && body.Text("product_price_id") is { } priceId)
        {
            var price =
                prices.FirstOrDefault(candidate => candidate.Text("id") == priceId)
                ?? throw Problems.Value(
                    Location.Body["product_price_id"],
                    "The checkout does not offer this price.",
                    priceId
                );
            row["currency"] = price.Text("price_currency");
        }
        else if (body.Text("currency") is { } currency)
        {
            row["currency"] = PriceMath.In(prices, currency).Any()
                ? currency
                : throw Problems.Value(Location.Body["currency"], $"The product has no price in {currency}.", currency);
        }
        else
        {
            row["currency"] =
                new[] { row.Text("currency")!, _core.CurrencyOf(product.OrganizationId) }.FirstOrDefault(known =>
                    PriceMath.In(prices, known).Any()
                )
                ?? throw Problems.Value(
                    Location.Body["product_id"],
                    "The product has no price in a currency of the checkout.",
                    wanted
                );
        }

        RememberPrice(row, product);
        row["chosen_amount"] = null;
        foreach (var name in Quantities)
        {
            row[name] = null;
            if (PriceFor(row, product, name) is { } price)
            {
                row[name] = PriceMath.Limits(price).Minimum;
            }
        }

        return product;
    }

    // The price that stands for the others: if it is archived before the buyer confirms, the purchase is off.
    private static void RememberPrice(JsonObject row, Document product)
    {
        var prices = PriceMath.In(Prices(row, product), row.Text("currency")!).ToArray();
        row["price_id"] = (prices.FirstOrDefault(price => !PriceMath.IsMetered(price)) ?? prices[0]).Text("id");
    }

    /// <summary>Whether the price that a checkout was made with is no longer sold.</summary>
    public bool HasArchivedPrice(JsonObject row) =>
        _core
            .Products.Documents.Find(row.Text("product_id"))
            ?.Row.Objects("prices")
            .FirstOrDefault(price => price.Text("id") == row.Text("price_id"))
            ?.Flag("is_archived") == true;

    private static void ChooseAmount(JsonObject row, Document product, JsonObject body)
    {
        if (
            body.Number("amount") is { } amount
            && PriceMath.Of(PriceMath.In(Prices(row, product), row.Text("currency")!), "custom") is { } price
        )
        {
            CheckAmount(price, amount, row.Text("currency")!);
            row["chosen_amount"] = amount;
        }
    }

    private static void CheckAmount(JsonObject price, long amount, string currency)
    {
        var least = Currencies.Minimum(currency);
        var most = Math.Min(price.Number("maximum_amount") ?? long.MaxValue, Currencies.Maximum(currency));
        var problems = new Problems();
        void Refuse(string type, string message, JsonObject context) =>
            problems.Add(type, Location.Body["amount"], message, amount, context);
        if (price.Number("minimum_amount") is { } minimum && amount < minimum)
        {
            Refuse("greater_than_equal", $"The least is {minimum}.", new JsonObject { ["ge"] = minimum });
        }
        else if (amount > 0 && amount < least)
        {
            Refuse(
                "invalid_amount",
                $"The amount must be 0, or {least} at least.",
                new JsonObject { ["allowed"] = new JsonArray(0), ["ge"] = least }
            );
        }
        else if (amount > most)
        {
            Refuse("less_than_equal", $"The most is {most}.", new JsonObject { ["le"] = most });
        }

        problems.ThrowDomainIfAny();
    }

    private static JsonObject? PriceFor(JsonObject row, Document product, string name) =>
        PriceMath.Of(
            PriceMath.In(Prices(row, product), row.Text("currency")!),
            name == "seats" ? "seat_based" : "unit_based"
        );

    private static void CheckRange(JsonObject row, Document product, string name)
    {
        var problems = new Problems();
        var (low, high) = (row.Number("min_" + name), row.Number("max_" + name));
        if (PriceFor(row, product, name) is not { } price)
        {
            foreach (var (bound, value) in new[] { ("min_" + name, low), ("max_" + name, high) })
            {
                if (value is not null)
                {
                    problems.Add("value_error", Location.Body[bound], $"The product is not priced by {name}.", value);
                }
            }
        }
        else
        {
            var (minimum, maximum) = PriceMath.Limits(price);
            if (low < minimum)
            {
                problems.Add(
                    "greater_than_equal",
                    Location.Body["min_" + name],
                    $"The price begins at {minimum} {name}.",
                    low,
                    new JsonObject { ["ge"] = minimum }
                );
            }
            else if (high > maximum)
            {
                problems.Add(
                    "less_than_equal",
                    Location.Body["max_" + name],
                    $"The price ends at {maximum} {name}.",
                    high,
                    new JsonObject { ["le"] = maximum }
                );
            }
        }

        problems.ThrowDomainIfAny();
    }

    private static void Choose(JsonObject row, Document product, string name, long? wanted)
    {
        var at = Location.Body[name];
        if (PriceFor(row, product, name) is not { } price)
        {
            if (wanted is not null)
            {
                throw Problems.Value(at, $"The product is not priced by {name}.", wanted);
            }

            return;
        }

        var (minimum, maximum) = PriceMath.Limits(price);
        var quantity = wanted ?? row.Number("min_" + name) ?? minimum;
        minimum = Math.Max(minimum, row.Number("min_" + name) ?? minimum);
        maximum = Math.Min(maximum ?? long.MaxValue, row.Number("max_" + name) ?? long.MaxValue);
        var problems = new Problems();
        if (quantity < minimum)
        {
            problems.Add(
                "greater_than_equal",
                at,
                $"At least {minimum} {name} are needed.",
                quantity,
                new JsonObject { ["ge"] = minimum }
            );
        }
        else if (quantity > maximum)
        {
            problems.Add(
                "less_than_equal",
                at,
                $"At most {maximum} {name} are allowed.",
                quantity,
                new JsonObject { ["le"] = maximum }
            );
        }

        problems.ThrowDomainIfAny();
        row[name] = quantity;
    }

    private void ChangeDiscount(JsonObject row, Document product, JsonObject body, bool isByBuyer)
    {
        var name = isByBuyer ? "discount_code" : "discount_id";
        if (!body.ContainsKey(name) || (isByBuyer && !row.Flag("allow_discount_codes")))
        {
            return;
        }

        row["discount_id"] = body.Text(name) is { } wanted ? CheckDiscount(row, product, name, wanted).Id : null;
    }

    private Document CheckDiscount(JsonObject row, Document product, string name, string wanted)
    {
        if (Prices(row, product).All(PriceMath.IsFree))
        {
            throw Problems.Value(
                Location.Body[name],
                "The product costs nothing: there is nothing to take off.",
                wanted
            );
        }

        var organizationId = row.Text("organization_id")!;
        var discount =
            name == "discount_code"
                ? _core.Discounts.FindByCode(organizationId, wanted)
                : _core.Discounts.Find(organizationId, wanted);
        return
            discount is null
            || !Discounts.Fits(discount.Row, product.Id, row.Text("currency")!)
            || !Discounts.IsRedeemable(discount.Row, _core.Clock.Now)
            ? throw Problems.Value(Location.Body[name], "There is no such discount for this product now.", wanted)
            : discount;
    }

    private static void SetTaxId(JsonObject row, string? number, JsonObject body)
    {
        if (number is null)
        {
            row["customer_tax_id"] = null;
            return;
        }

        if ((row["customer_billing_address"] as JsonObject)?.Text("country") is not { } country)
        {
            throw Problems.Value(
                Location.Body["customer_billing_address"],
                "The country is needed to tell what kind of tax number this is.",
                null,
                "missing"
            );
        }

        row["customer_tax_id"] =
            TaxIds.Read(number, country)?[0]!.DeepClone()
            ?? throw Problems.Value(
                Location.Body["customer_tax_id"],
                "This is no tax number of the country of the billing address.",
                body.Copy("customer_tax_id") ?? number
            );
    }

    private void ChangeAnswers(JsonObject row, Document product, JsonObject body, bool confirms)
    {
        if (!confirms && !body.ContainsKey("custom_field_data"))
        {
            return;
        }

        var answers = _core.CustomFields.ReadAnswers(
            body["custom_field_data"] as JsonObject ?? [],
            product,
            complete: confirms
        );
        if (confirms)
        {
            row["custom_field_data"] = answers;
            return;
        }

        var known = (JsonObject)row["custom_field_data"]!;
        foreach (var answer in answers.ToArray())
        {
            known[answer.Key] = answer.Value?.DeepClone();
        }
    }

    private void ApplyCustomer(JsonObject row, JsonObject body, string organizationId)
    {
        Document? customer = null;
        if (body.Text("subscription_id") is { } subscriptionId)
        {
            var subscription = _core.Subscriptions.Documents.Find(subscriptionId);
            if (subscription is null || subscription.OrganizationId != organizationId)
            {
                throw Problems.Value(
                    Location.Body["subscription_id"],
                    "There is no such subscription.",
                    subscriptionId
                );
            }

            if (!subscription.Row.Objects("prices").All(PriceMath.IsFree))
            {
                throw Problems.Value(
                    Location.Body["subscription_id"],
                    "Only a free subscription can be upgraded.",
                    subscriptionId
                );
            }

            customer = _core.Customers.Documents.Find(subscription.Row.Text("customer_id"));
        }
        else if (body.Text("customer_id") is { } id)
        {
            customer =
                _core.Customers.Find(organizationId, id)
                ?? throw Problems.Value(Location.Body["customer_id"], "There is no such customer.", id);
        }
        else if (body.Text("external_customer_id") is { } externalId)
        {
            customer = _core.Customers.FindByExternalId(organizationId, externalId);
        }

        row["customer_id"] = customer?.Id;
        if (customer is null)
        {
            return;
        }

        var known = customer.Row;
        row["customer_email"] ??= known.Copy("email");
        row["customer_billing_name"] ??= known.Copy("billing_name") ?? known.Copy("name");
        row["customer_billing_address"] ??= known.Copy("billing_address");
        row["customer_tax_id"] ??= (known["tax_id"] as JsonArray)?[0]?.DeepClone();
        if (known.Text("type") != "team")
        {
            // What a team is called is not what the one is called who buys.
            row["customer_name"] ??= known.Copy("name");
        }
        else if (!row.Has("customer_email"))
        {
            row["customer_email"] = _core.Members.OwnerOf(customer)?.Row.Copy("email");
        }

        row["locale"] ??= known.Copy("locale");
        if (
            known.Has("billing_name")
            && known["billing_address"] is JsonObject address
            && HasAddress(address)
            && !body.ContainsKey("is_business_customer")
        )
        {
            row["is_business_customer"] = true;
        }
    }

    private void SetDefaults(JsonObject row, JsonObject body)
    {
        row["is_business_customer"] ??= false;
        if (
            body["customer_billing_address"] is JsonObject address
            && (HasAddress(address) || (address.Has("state") && address.Text("country") is not ("US" or "CA")))
        )
        {
            row["require_billing_address"] = true;
        }

        SetLocale(row);
    }

    // Only shops that ask for it speak other languages.
    private void SetLocale(JsonObject row)
    {
        var features = (JsonObject)
            _core.Organizations.Documents.Find(row.Text("organization_id"))!.Row["feature_settings"]!;
        if (!features.Flag("checkout_localization_enabled"))
        {
            row["locale"] = "en";
        }
    }

    /// <summary>Whether an address says more than a country.</summary>
    public static bool HasAddress(JsonObject address) =>
        address.Has("line1") || address.Has("line2") || address.Has("city") || address.Has("postal_code");

    private void SetTrialEnd(JsonObject row)
    {
        var (interval, count) = Trial(row);
        row["trial_end"] =
            interval is null || count is null
                ? null
                : Timestamps.Format(Periods.Add(_core.Clock.Now, interval, count.Value));
    }

    /// <summary>The trial that a checkout would begin with; null for none.</summary>
    public (string? Interval, long? Count) Trial(JsonObject row)
    {
        var product = _core.Products.Documents.Find(row.Text("product_id"));
        return product is null || !product.Row.Flag("is_recurring") || !row.Flag("allow_trial")
            ? (null, null)
            : (
                row.Text("trial_interval") ?? product.Row.Text("trial_interval"),
                row.Number("trial_interval_count") ?? product.Row.Number("trial_interval_count")
            );
    }
}
