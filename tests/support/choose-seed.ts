import fc from "fast-check";

/**
 * Properties try the same examples in every run, so that a change fails by itself and not by chance. To look for more:
 * `XIANCE_TEST_SEED=random npm test`, or the seed that a failure named.
 */
const seed = process.env["XIANCE_TEST_SEED"] ?? "20240101";
if (seed !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
