import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { accountName, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// A stack with an account of its own doesn't go over to an existing one: refused before a write. The way back is in existing-account.test.ts.
jest.setTimeout(300_000);

const GROUP = "ResourceGroup1";
let checkout: Checkout;
let own: string;
beforeAll(async () => {
  checkout = await deployed();
  own = await accountName(checkout);
  const { accounts } = cognitiveServicesClient(checkout.cloud);
  const account = { kind: "OpenAI", sku: { name: "S0" }, location: "northcentralus" };
  await accounts.beginCreateAndWait(GROUP, "team", { ...account, properties: { customSubDomainName: "team" } });
  await accounts.beginCreateAndWait(GROUP, "bare", { ...account, properties: {} });
  const keyless = { customSubDomainName: "keyless", disableLocalAuth: true };
  await accounts.beginCreateAndWait(GROUP, "keyless", { ...account, properties: keyless });
});
afterAll(() => checkout.close());

it.each<[string, () => object, RegExp]>([
  [
    "the same account",
    () => ({ name: own }),
    /this stack created the account \S+ and deletes it with everything in it/,
  ],
  ["another one", () => ({ name: "team" }), /this stack has its own account, \S+, which would be deleted/],
  ["one without a custom subdomain", () => ({ name: "bare" }), /bare has no custom subdomain.+--custom-domain <name>/],
  ["one that takes no keys", () => ({ name: "keyless" }), /localAuth is true, but API keys are disabled on .+ keyless/],
])("%s as existing: refused by preview and up, and the next preview has no change", async (_which, account, reason) => {
  const settings = checkout.read("Pulumi.local.yaml");
  checkout.configure({ account: { existing: true, ...account() }, "roles.manage": false, localAuth: true });
  const { said, done } = await previewThenUp(checkout).finally(() => checkout.write("Pulumi.local.yaml", settings));
  expect(said.verdict).toBe("blocked");
  expect(said.errors.join("\n")).toMatch(reason);
  expect(done.output).toMatch(reason);
  expect(done.writes).toEqual([]);
  const { code, output } = await checkout.pulumi("preview", "--expect-no-changes");
  expect({ code, output }).toSucceed();
});
