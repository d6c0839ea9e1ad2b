import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Fault } from "local-azure/faults/fault";
import { faultActions } from "../crash/fault-disturbance";
import { pace } from "../crash/reference";
import { problemsAfterDestroy, problemsAfterUp } from "../crash/verdict";
import { Checkout, type CommandResult } from "./checkout";

// A sample of the fault matrix (`npm run test:faults`): the writes that may not be repeated blindly, all disturbed in one life of a stack,
// and answers that are not Azure's to what is decided by: is there such a job already, is it gone, what does the account hold.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
});
afterAll(() => checkout.close());

/** Runs a command through faults, by pattern; where it fails, in a sentence, once more. */
async function through(command: string, faults: Record<string, keyof typeof faultActions>): Promise<CommandResult> {
  for (const [match, fault] of Object.entries(faults))
    await checkout.admin("POST", "/faults", { match, action: faultActions[fault] });
  const first = await checkout.pulumi(command, "--yes", "--skip-preview");
  expect(first.output).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  // What the first run didn't reach disturbs the second.
  const last = first.code === 0 ? first : await checkout.pulumi(command, "--yes", "--skip-preview");
  const set = await checkout.admin<{ faults: Fault[] }>("GET", "/faults");
  expect(set.faults.filter(({ fired }) => fired === 0).map(({ match }) => match)).toEqual([]);
  await checkout.admin("DELETE", "/faults");
  return last;
}

it("up through lost, cut and refused answers: one account, one job, each file once", async () => {
  const { code, output } = await through("up", {
    "^PUT .*/accounts/[^/]+$": "truncate",
    "^PUT .*/roleAssignments/": "drop-after",
    "^GET .*/files$": "repeat-page",
    "^POST .*/files$": "reset-upload",
    "^GET .*/fine_tuning/jobs$": "200-empty",
    "^POST .*/fine_tuning/jobs$": "drop-after",
    "^GET .*/fine_tuning/jobs/ftjob-[^/]+$": "401",
    "^GET .*/checkpoints$": "404-html",
    "^POST .*/chat/completions$": "503",
  });
  expect({ code, output }).toSucceed();
  expect(await problemsAfterUp(checkout, undefined, 0)).toEqual([]);
});

it("destroy through the same leaves nothing", async () => {
  const { code, output } = await through("destroy", {
    "^DELETE .*/deployments/": "409",
    "^GET .*/fine_tuning/jobs/ftjob-[^/]+$": "404-html",
    "^DELETE .*/fine_tuning/jobs/": "drop-after",
    "^DELETE .*/files/": "404-html",
    "^GET .*/deployments$": "200-error",
    "^DELETE .*/deletedAccounts/": "409",
  });
  expect({ code, output }).toSucceed();
  expect(await problemsAfterDestroy(checkout, 1)).toEqual([]);
});
