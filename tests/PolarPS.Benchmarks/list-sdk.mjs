// The same list by Polar's own SDK for TypeScript, so many times, in a version of the API. Runs in the folder into which the SDK is
// installed.
const { createPolar } = await import(`@polar-sh/sdk/${process.argv[3]}`);

const times = Number(process.argv[2]);
const took = [];
let polar;
let products;
for (let i = 0; i < times; i++) {
    const start = performance.now();
    polar ??= createPolar({ accessToken: process.env.POLAR_ACCESS_TOKEN, baseUrl: process.env.POLAR_ENVIRONMENT });
    products = [];
    for await (const product of polar.products.iterList({ limit: 100 })) {
        products.push(product);
    }

    took.push(performance.now() - start);
}

console.log(JSON.stringify({ count: products.length, peak: process.resourceUsage().maxRSS * 1024, took }));
