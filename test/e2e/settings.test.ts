import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";
import { expectClaimed, previewThenUp, set } from "./settings/expect-same";
import {
  accessOff,
  deploymentOff,
  roleHolders,
  rotation,
  type Row,
  settingsOnly,
  withoutEffect,
} from "./settings/rows";

// What a preview says is what `up` does, for every setting that trains nothing: each is set and set back through the real CLI. Settings
// that touch different inputs go together in one run; `expectClaimed` still tells what each of them does.
jest.setTimeout(300_000);

let checkout: Checkout;
let others: Row;
beforeAll(async () => {
  checkout = await deployed();
  checkout.write("prices.json", JSON.stringify(dearer));
});
afterAll(() => checkout.close());

/** Another training price of the stack's model, in the form of a catalog file. */
const dearer = {
  prices: {
    asOf: "2026-11-01",
    training: [
      {
        model: "gpt-4o-mini-2024-07-18",
        unit: "million tokens",
        usd: { Standard: 33, DataZone: 33, GlobalStandard: 30, Developer: 15 },
      },
    ],
  },
};

const there = (...rows: Row[]) => rows.map((row) => ({ row, back: false }));
const back = (...rows: Row[]) => rows.map((row) => ({ row, back: true }));

it("settings without effect: no change", async () => {
  set(checkout, withoutEffect);
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("none");
  expect(said.plan).toEqual([expect.stringMatching(/^Trains nothing: the model of ftjob-\w+ is already trained$/)]);
});

it("they are set back, and settings change that train nothing", async () => {
  set(checkout, withoutEffect, true);
  set(checkout, [...settingsOnly, rotation]);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expectClaimed(said.changes, [...back(...withoutEffect), ...there(...settingsOnly, rotation)]);
  expect(done.deployments).toHaveLength(1);
});

it("these are set back too, and keys and roles go", async () => {
  set(checkout, settingsOnly, true);
  set(checkout, accessOff);
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expectClaimed(said.changes, [...back(...settingsOnly), ...there(...accessOff)]);
});

it("keys and roles come back", async () => {
  set(checkout, [...accessOff, rotation], true);
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expectClaimed(said.changes, back(...accessOff));
});

it("the deployment goes, and others get roles", async () => {
  const [assignment] = resourcesOfType(await checkout.stackState(), "azure-native:authorization:RoleAssignment");
  const { principalId: id, principalType: type } = assignment!.inputs as Record<string, string>;
  others = roleHolders({ id: id!, type: type! });
  set(checkout, [...deploymentOff, others]);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.markdown).toMatch(/\*\*Changes settings\.\*\* No training; the deployment will be deleted/);
  expectClaimed(said.changes, there(...deploymentOff, others));
  expect(done.deployments).toEqual([expect.stringMatching(/^DELETE /)]);
});

it("the deployment comes back", async () => {
  set(checkout, [...deploymentOff, others], true);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expectClaimed(said.changes, back(...deploymentOff, others));
  expect(done.deployments).toEqual([expect.stringMatching(/^PUT /)]);
});
