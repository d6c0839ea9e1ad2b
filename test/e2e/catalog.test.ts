import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import eastus2 from "../fixtures/resource-manager/models-eastus2.json";
import { Checkout } from "./checkout";
import { expectSentence } from "./expect-sentence";

// `npm run catalog` against the rehearsal: its lists and its price feed.
jest.setTimeout(300_000);

let checkout: Checkout;
let feed: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  feed = `${checkout.cloud.endpoint}/api/retail/prices`;
  checkout.env = { NODE_EXTRA_CA_CERTS: checkout.cloud.caFile };
});
afterAll(() => checkout.close());

const catalog = (...args: string[]) => checkout.run("commands/catalog", ...args);
const read = () => ["models.json", "prices.json"].map((name) => checkout.read(`catalog/${name}`));

it("reads the rehearsal's own list, whose sign-in it takes from the stack, and its prices, which agree", async () => {
  const { code, stdout } = await catalog("--check", "--stack", "local", "--prices", feed, "--region", "northcentralus");
  // The recorded regions of deployments are more than those of the page that the catalog is made of; gpt-5 has no such date in it.
  expect({
    code,
    lines: stdout
      .trim()
      .replaceAll(/\s*\n\s+/g, " ")
      .split("\n"),
  }).toEqual({
    code: 1,
    lines: [
      expect.stringMatching(/^gpt-4o-2024-08-06 standardDeploymentRegions: eastus2, swedencentral -> .*northcentralus/),
      expect.stringMatching(/^gpt-5-2025-08-07 retirement\.deployments: not there -> 2027-02-09/),
    ],
  });
});

it("prints what recorded lists have otherwise, and writes nothing by itself", async () => {
  checkout.write("lists.json", JSON.stringify({ models: { eastus2: eastus2.value } }));
  const before = read();
  const { code, output } = await catalog("--lists", "lists.json", "--prices", feed);
  expect({ code, output }).toExitWith(1);
  expect(output).toContain("gpt-4.1-2025-04-14 retirement.training: 2027-04-14 -> 2026-10-14 (eastus2)");
  expect(read()).toEqual(before);
});

it("writes it on request, with date and source, and then agrees", async () => {
  const written = await catalog("--write", "--lists", "lists.json", "--prices", feed);
  expect(written).toSucceed();
  const [models] = read();
  expect(models).toMatch(/lists of models for eastus2 \(npm run catalog, \d{4}-\d\d-\d\d\)/);
  expect(models).toContain('"training": "2026-10-14"');
  const { code, output } = await catalog("--check", "--lists", "lists.json", "--prices", feed);
  expect({ code, output }).toSucceed({ output: expect.stringContaining("The catalog agrees with Azure.") });
});

it("says what can't be reached in a sentence, and compares the rest", async () => {
  const { code, output } = await catalog("--lists", "lists.json", "--prices", "https://localhost:1/api/retail/prices");
  expect({ code, output }).toExitWith(1);
  expectSentence(
    output.replaceAll(/\s+/g, " "),
    /Retail Prices API could not be read, .*localhost:1.* Nothing else differs\./,
  );
});

it.each([
  [["--check", "--write"], 2, /can't be combined/],
  [["--prices", "prices.azure.com"], 2, /starts with https/],
  [["--lists", "nowhere.json"], 1, /nowhere\.json can't be read/],
])("refuses %j", async (args, code, sentence) => {
  const found = await catalog(...args, ...(code === 1 ? ["--prices", feed] : []));
  expect(found).toExitWith(code);
  expectSentence(found.output.replaceAll(/\s+/g, " "), sentence);
});
