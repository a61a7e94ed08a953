// A shop's life by Polar's own SDK for TypeScript, as npm gives it, against the emulator's host. Nothing of the SDK is
// replaced or changed: it is told another base address, which is an option of its own.
//
//   node shop-life.mjs <folder into which the SDK is installed> <version of the API>
//
// POLAR_URL and POLAR_TOKEN say where the host is. Prints a line for each step; ends with 1 at the first that fails.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inspect } from "node:util";

const { createPolar, errors, webhooks } = createRequire(join(process.argv[2], "shop-life.cjs"))(
    `@polar-sh/sdk/${process.argv[3]}`,
);
const polar = createPolar({ accessToken: process.env.POLAR_TOKEN, baseUrl: process.env.POLAR_URL });

const all = async (pages) => {
    const items = [];
    for await (const item of pages) {
        items.push(item);
    }
    return items;
};
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

// What the shop is told, as a merchant's own server would be: each delivery is validated by the SDK.
let secret;
const told = [];
const rejected = [];
const receiver = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
        chunks.push(chunk);
    }
    try {
        told.push(await webhooks.validateEvent(Buffer.concat(chunks), request.headers, secret));
        response.writeHead(200).end();
    } catch (error) {
        rejected.push(error);
        response.writeHead(403).end();
    }
});
await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const eventually = async (what, holds) => {
    const end = Date.now() + 10_000;
    while (!(await holds())) {
        assert.ok(Date.now() < end, `${what} within 10 seconds; told so far: ${told.map((event) => event.type).join(", ")}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
};
const until = (type, matches) =>
    eventually(`${type} is told`, () => {
        assert.deepEqual(rejected, [], "no delivery is refused");
        return told.some((event) => event.type === type && matches(event.data));
    });

const made = {};
const steps = {
    "a webhook endpoint on this computer": async () => {
        const endpoint = await polar.webhooks.createWebhookEndpoint({
            url: `http://127.0.0.1:${receiver.address().port}/hooks`,
            format: "raw",
            events: [
                "checkout.updated",
                "customer.created",
                "customer.state_changed",
                "order.created",
                "order.paid",
                "order.refunded",
                "subscription.active",
                "subscription.canceled",
                "benefit_grant.created",
                "refund.created",
            ],
        });
        assert.match(endpoint.secret, /^whsec_/);
        secret = endpoint.secret;
        made.endpoint = endpoint;
    },

    "a meter that counts events": async () => {
        made.meter = await polar.meters.create({
            name: "Charts drawn",
            filter: { conjunction: "and", clauses: [{ property: "name", operator: "eq", value: "chart.drawn" }] },
            aggregation: { func: "sum", property: "tiles" },
        });
        assert.equal((await polar.meters.get(made.meter.id)).name, "Charts drawn");
    },

    "benefits: license keys and credits": async () => {
        made.keys = await polar.benefits.create({
            type: "license_keys",
            description: "Plotter licence",
            properties: { prefix: "HELM", activations: { limit: 2, enable_customer_admin: true } },
        });
        made.credits = await polar.benefits.create({
            type: "meter_credit",
            description: "Thousand tiles",
            properties: { units: 1000, rollover: false, meter_id: made.meter.id },
        });
        assert.equal(made.keys.type, "license_keys");
        assert.equal(made.credits.properties.units, 1000);
    },

    "products: one that is paid once, one that renews and is metered": async () => {
        made.chart = await polar.products.create({
            name: "Harbour chart",
            recurring_interval: null,
            prices: [{ amount_type: "fixed", price_amount: 4900, price_currency: "usd" }],
        });
        made.plan = await polar.products.create({
            name: "Plotter",
            recurring_interval: "month",
            prices: [
                { amount_type: "fixed", price_amount: 1900, price_currency: "usd" },
                { amount_type: "metered_unit", price_currency: "usd", unit_amount: "0.5", meter_id: made.meter.id },
            ],
        });
        made.plan = await polar.products.updateBenefits(made.plan.id, { benefits: [made.keys.id, made.credits.id] });
        assert.deepEqual(made.plan.benefits.map((benefit) => benefit.id).sort(), [made.keys.id, made.credits.id].sort());
        assert.equal(made.plan.is_recurring, true);
        const names = (await all(polar.products.iterList({ limit: 3 }))).map((product) => product.name);
        assert.ok(names.includes("Harbour chart") && names.includes("Plotter"), "both are listed");
        assert.equal(new Set(names).size, names.length, "nothing is listed twice");
    },

    "a checkout link": async () => {
        const link = await polar.checkoutLinks.create({ payment_processor: "stripe", products: [made.chart.id], label: "Quay" });
        assert.equal(link.products[0].id, made.chart.id);
        assert.match(link.url, /^https?:\/\//);
        const renamed = await polar.checkoutLinks.update(link.id, { label: "Pier" });
        assert.equal(renamed.label, "Pier");
    },

    "a checkout, confirmed by the customer, becomes a subscription": async () => {
        const checkout = await polar.checkouts.create({
            products: [made.plan.id],
            external_customer_id: "sdk-1",
            customer_email: "lena@kompass.example",
            customer_name: "Lena Kompass",
            metadata: { campaign: "spring" },
        });
        assert.equal(checkout.status, "open");
        assert.equal(checkout.amount, 1900);
        const seen = await polar.checkouts.clientGet(checkout.client_secret);
        assert.equal(seen.id, checkout.id);
        const confirmed = await polar.checkouts.clientConfirm(checkout.client_secret, {
            customer_billing_address: { country: "DE", postal_code: "24103", city: "Kiel" },
            confirmation_token_id: "ctoken_succeed",
        });
        assert.equal(confirmed.status, "confirmed");
        assert.match(confirmed.customer_session_token, /^polar_/);
        made.checkout = checkout;
        await eventually("the checkout succeeds", async () => (await polar.checkouts.get(checkout.id)).status === "succeeded");
        await until("checkout.updated", (data) => data.id === checkout.id && data.status === "succeeded");
    },

    "a card that is refused leaves the checkout open": async () => {
        const checkout = await polar.checkouts.create({ products: [made.chart.id], customer_email: "poor@kompass.example" });
        await assert.rejects(
            polar.checkouts.clientConfirm(checkout.client_secret, {
                customer_billing_address: { country: "DE" },
                confirmation_token_id: "ctoken_fail",
            }),
            errors.PaymentError,
        );
        assert.equal((await polar.checkouts.get(checkout.id)).status, "open");
    },

    "the customer, the order and the subscription are there": async () => {
        made.customer = await polar.customers.getExternal("sdk-1");
        assert.equal(made.customer.email, "lena@kompass.example");
        const [subscription] = await all(polar.subscriptions.iterList({ customer_id: made.customer.id }));
        assert.equal(subscription.status, "active");
        assert.equal(subscription.product_id, made.plan.id);
        assert.equal(subscription.checkout_id, made.checkout.id);
        made.subscription = subscription;
        const [order] = await all(polar.orders.iterList({ customer_id: made.customer.id }));
        assert.equal(order.status, "paid");
        assert.equal(order.billing_reason, "subscription_create");
        assert.equal(order.subscription_id, subscription.id);
        // The price has the tax in it: 1900 * 19 / 119 = 303.36.
        assert.equal(order.subtotal_amount, 1900);
        assert.deepEqual([order.net_amount, order.tax_amount, order.total_amount], [1597, 303, 1900]);
        assert.equal(order.total_amount, order.net_amount + order.tax_amount);
        made.order = order;
    },

    "the customer's state": async () => {
        const state = await polar.customers.getStateExternal("sdk-1");
        assert.deepEqual(state.active_subscriptions.map((item) => item.id), [made.subscription.id]);
        assert.deepEqual(
            state.granted_benefits.map((grant) => grant.benefit_id).sort(),
            [made.keys.id, made.credits.id].sort(),
        );
        assert.equal(state.active_meters.find((item) => item.meter_id === made.meter.id).balance, 1000);
    },

    "the license key is validated, activated up to its limit, and deactivated": async () => {
        const [key] = await all(polar.licenseKeys.iterList({ benefit_id: made.keys.id }));
        assert.match(key.key, /^HELM-/);
        const who = { key: key.key, organization_id: made.plan.organization_id };
        assert.equal((await polar.licenseKeys.validate(who)).status, "granted");
        const first = await polar.licenseKeys.activate({ ...who, label: "bridge" });
        await polar.licenseKeys.activate({ ...who, label: "cabin" });
        await assert.rejects(polar.licenseKeys.activate({ ...who, label: "tender" }), errors.NotPermitted);
        const valid = await polar.licenseKeys.validate({ ...who, activation_id: first.id });
        assert.equal(valid.activation.label, "bridge");
        await polar.licenseKeys.deactivate({ ...who, activation_id: first.id });
        await assert.rejects(polar.licenseKeys.validate({ ...who, activation_id: first.id }), errors.ResourceNotFound);
        await assert.rejects(polar.licenseKeys.validate({ ...who, key: "HELM-none" }), errors.ResourceNotFound);
    },

    "events are ingested, once": async () => {
        const event = (number, tiles) => ({
            name: "chart.drawn",
            external_customer_id: "sdk-1",
            external_id: `sdk-${number}`,
            metadata: { tiles },
        });
        const events = [event(1, 10), event(2, 20), event(3, 30)];
        assert.deepEqual(await polar.events.ingest({ events }), { inserted: 3, duplicates: 0 });
        assert.deepEqual(await polar.events.ingest({ events: [event(3, 30), event(4, 40)] }), { inserted: 1, duplicates: 1 });
        const list = await polar.events.list({ name: "chart.drawn" });
        assert.equal(list.items.length, 4);
        assert.equal(list.items[0].customer.id, made.customer.id);
    },

    "meters follow": async () => {
        const quantities = await polar.meters.quantities(made.meter.id, {
            start_timestamp: day(-1),
            end_timestamp: day(1),
            interval: "day",
        });
        assert.equal(quantities.total, 100);
        const [meter] = await all(polar.customerMeters.iterList({ customer_id: made.customer.id, meter_id: made.meter.id }));
        assert.equal(meter.consumed_units, 100);
        assert.equal(meter.credited_units, 1000);
        assert.equal(meter.balance, 900);
    },

    "a refund, and not of more than there is": async () => {
        await assert.rejects(
            polar.refunds.create({ order_id: made.order.id, reason: "other", amount: 190_000 }),
            errors.HTTPValidationError,
        );
        const refund = await polar.refunds.create({ order_id: made.order.id, reason: "customer_request", amount: 900 });
        assert.equal(refund.status, "succeeded");
        assert.equal(refund.amount, 900);
        const order = await polar.orders.get(made.order.id);
        assert.equal(order.status, "partially_refunded");
        assert.equal(order.refunded_amount, 900);
    },

    "the subscription is cancelled at its end, uncancelled, and ended": async () => {
        const cancelled = await polar.subscriptions.update(made.subscription.id, { cancel_at_period_end: true });
        assert.equal(cancelled.cancel_at_period_end, true);
        const back = await polar.subscriptions.update(made.subscription.id, { cancel_at_period_end: false });
        assert.equal(back.cancel_at_period_end, false);
        const ended = await polar.subscriptions.revoke(made.subscription.id);
        assert.equal(ended.status, "canceled");
        const state = await polar.customers.getState(made.customer.id);
        assert.deepEqual([state.active_subscriptions, state.granted_benefits], [[], []]);
        const [key] = await all(polar.licenseKeys.iterList({ benefit_id: made.keys.id }));
        assert.equal(key.status, "revoked");
    },

    "metrics know of it": async () => {
        const metrics = await polar.metrics.get({
            start_date: day(-1).slice(0, 10),
            end_date: day(0).slice(0, 10),
            interval: "day",
            product_id: [made.plan.id],
        });
        assert.equal(metrics.totals.orders, 1);
        // Without the tax.
        assert.equal(metrics.totals.revenue, made.order.net_amount);
    },

    "everything was told, and is genuine": async () => {
        const customer = (data) => data.customer_id === made.customer.id;
        await until("customer.created", (data) => data.id === made.customer.id);
        await until("order.created", (data) => data.id === made.order.id);
        await until("order.paid", (data) => data.id === made.order.id);
        await until("order.refunded", (data) => data.id === made.order.id);
        await until("subscription.active", customer);
        await until("subscription.canceled", customer);
        await until("benefit_grant.created", (data) => customer(data) && data.benefit_id === made.keys.id);
        await until("refund.created", (data) => data.order_id === made.order.id);
        await until("customer.state_changed", (data) => data.id === made.customer.id);
        assert.deepEqual(rejected, []);
        const deliveries = await all(polar.webhooks.iterListWebhookDeliveries({ endpoint_id: made.endpoint.id }));
        assert.ok(deliveries.length > 0 && deliveries.every((delivery) => delivery.succeeded), "all were delivered");
    },

    "what is signed with another secret is not genuine": async () => {
        secret = `whsec_${Buffer.alloc(32).toString("base64")}`;
        const [delivery] = (await polar.webhooks.listWebhookDeliveries({ endpoint_id: made.endpoint.id })).items;
        await polar.webhooks.redeliverWebhookEvent(delivery.webhook_event.id);
        await eventually("the delivery comes again", () => rejected.length > 0);
        assert.ok(rejected[0] instanceof webhooks.PolarWebhookVerificationError, `${rejected[0]}`);
    },

    "what is not there, not allowed or wrong is told by the SDK's own errors": async () => {
        await assert.rejects(polar.products.get("9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99"), errors.ResourceNotFound);
        await assert.rejects(polar.products.create({ name: "x", prices: [] }), errors.HTTPValidationError);
        const stranger = createPolar({ accessToken: "polar_oat_nobody", baseUrl: process.env.POLAR_URL });
        await assert.rejects(stranger.products.list(), { statusCode: 401 });
    },
};

let failed = false;
for (const [name, run] of Object.entries(steps)) {
    try {
        await run();
        console.log(`ok      ${name}`);
    } catch (error) {
        console.log(`FAILED  ${name}: ${inspect(error, { depth: 6 })}`);
        failed = true;
        break;
    }
}

receiver.close();
receiver.closeAllConnections();
process.exitCode = failed ? 1 : 0;
