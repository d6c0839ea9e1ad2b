import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Checkout } from "./checkout";
import { expectSentence } from "./expect-sentence";

let checkout: Checkout;
let settings: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  settings = checkout.read("Pulumi.local.yaml");
});
afterEach(() => checkout.write("Pulumi.local.yaml", settings));
afterAll(() => checkout.close());

describe("a setting that can't be right stops the preview with its name", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["model not fine-tunable", { model: "text-embedding-3-small" }, /model.*text-embedding-3-small/],
    ["region without fine-tuning", { location: "westeurope" }, /location.*westeurope/],
    ["unknown switch", { "deploy.switch": "sometimes" }, /deploy\.switch.*(blueGreen|recreate|inPlace)/],
    ["wrong type", { localAuth: "perhaps" }, /localAuth/],
    [
      "unknown, in an object",
      { "deploy.capactiy": 3 },
      /deploy\.capactiy is not a setting\. Did you mean deploy\.capacity\?/,
    ],
    ["a field that a setting sends", { "job.extraBody": { seed: 1 } }, /job\.extraBody\.seed is already set by `seed`/],
    ["over the budget", { "budget.maxTrainingUsd": 0.01 }, /error: .* has a problem: Training would cost \$/],
    [
      "an unknown rule",
      { "dataset.rules": { "near-duplicat": "off" } },
      /has a problem: .*Did you mean 'near-duplicate'\?/,
    ],
  ])("%s", async (_case, changed, sentence) => {
    checkout.configure(changed);
    const { code, output } = await checkout.pulumi("preview");
    expect({ code, output }).toFail();
    expectSentence(output, sentence);
    // As Go prints a value: nobody's business.
    expect(output).not.toMatch(/map\[|value \{/);
  });

  it("an encrypted field of the job's request", async () => {
    const set = ["config", "set", "--secret", "--path", "job.extraBody.callback", "hush"];
    expect(await checkout.pulumi(...set)).toSucceed();
    const { code, output } = await checkout.pulumi("preview");
    expect({ code, output }).toFail();
    expectSentence(output, /job\.extraBody has an encrypted value, but/);
    expect(output).not.toContain("hush");
  });

  it("set without --path: how to set it in the rehearsal", async () => {
    await checkout.pulumi("config", "set", "deploy.capacity", "3");
    const { output } = await checkout.pulumi("preview");
    const [, remove, set] = /Run `npm run local -- (.*)`, then `npm run local -- (.*)`\./.exec(output)!;
    for (const command of [remove, set]) expect(await checkout.pulumi(...command!.split(" "))).toSucceed();
    expect(checkout.read("Pulumi.local.yaml")).toMatch(/^ {4}capacity: 3$/m);
    expect(await checkout.pulumi("preview")).toSucceed();
  });
});
