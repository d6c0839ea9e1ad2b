import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";

// The same stack from two clones that know nothing of each other's state, as when a team has no shared backend.
let one: Checkout;
let other: Checkout;
beforeAll(async () => {
  one = await Checkout.open(pace);
  other = await one.openClone();
});
afterAll(async () => {
  await other.close();
  await one.close();
});

it("while one is at work, the up of another ends with a sentence; nothing is paid for twice", async () => {
  const first = one.start("commands/local", "up", "--yes", "--skip-preview");
  while ((await one.counters()).accounts === 0) await sleep(20);
  const second = await other.pulumi("up", "--yes", "--skip-preview");
  expect(second).toFail();
  const reasons = new Set(second.output.match(/error: (?!update failed).*/g));
  expect([...reasons]).toEqual([
    expect.stringMatching(/cannot create already existing resource '.+\/accounts\/[^/]+'$/),
  ]);
  expect(second.output).toMatch(/account \S+ already exists in ResourceGroup1, .+ set another `account\.name`/);
  expect(second.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  const { code, output } = await first.end;
  expect({ code, output }).toSucceed();
  await expect(one.counters()).resolves.toMatchObject({ accounts: 1, deployments: 1, jobs: 1, jobsEverCreated: 1 });
});
