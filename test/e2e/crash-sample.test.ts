import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import type { CrashPoint } from "../crash/crash-point";
import { lingering, type ProcessEntry } from "../crash/process-tree";
import { pace } from "../crash/reference";
import { problemsAfterDestroy, problemsAfterUp } from "../crash/verdict";
import { Checkout } from "./checkout";

// The most dangerous moments of the crash matrix (`npm run test:crash`), one after the other on one stack: each run gets a little
// further than the one before, and is killed again.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
});
afterAll(() => checkout.close());

const at = (
  command: CrashPoint["command"],
  match: string,
  when: CrashPoint["when"],
  victim: CrashPoint["victim"],
): [string, CrashPoint] => [
  `${command}: ${victim} killed right ${when} ${match}`,
  { command, match, request: 1, when, victim },
];

const account = "/accounts/[^/]+$";

/** What the crashes of `pulumi` alone have left at work. */
const leftRunning: ProcessEntry[] = [];

async function crashAndRecover(point: CrashPoint): Promise<void> {
  const { at: request, second, left } = await crash(checkout, point);
  leftRunning.push(...left);
  expect(request).toMatch(new RegExp(point.match!, "i"));
  // The run that was started at once, beside the living providers, finds the stack locked and names the way out.
  if (second) expect(second.code === 0 ? "" : second.output).toContain("npm run recover");
  const { code, output } = await checkout.run("commands/recover", "--stack", "local");
  expect({ code, output }).toSucceed();
}

it.each([
  at("up", `^PUT .*${account}`, "after", "tree"),
  at("up", "^PUT .*/roleAssignments/", "after", "cli"),
  at("up", "^POST .*/files$", "after", "tree"),
  at("up", "^POST .*/fine_tuning/jobs$", "before", "cli"),
  at("up", "^PUT .*/deployments/", "after", "machine"),
])("%s", (_name, point) => crashAndRecover(point));

it("the next up is as if nothing had happened, with one job", async () => {
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  const [stack] = resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack");
  expect(stack!.outputs!.probeAnswer).toMatch(/^Artificial intelligence/);
  expect(await problemsAfterUp(checkout, undefined, 0)).toEqual([]);
});

it.each([
  at("destroy", "^DELETE .*/fine_tuning/jobs/", "after", "tree"),
  at("destroy", `^DELETE .*${account}`, "after", "cli"),
  at("destroy", "^DELETE .*/deletedAccounts/", "before", "tree"),
])("%s", (_name, point) => crashAndRecover(point));

it("the next destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(await problemsAfterDestroy(checkout, 1)).toEqual([]);
});

it("programs and plugins end by themselves when their engine was killed", async () => {
  expect(leftRunning.length).toBeGreaterThan(0);
  expect(await lingering(leftRunning)).toEqual([]);
});
