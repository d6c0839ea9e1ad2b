import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { crash } from "../crash/crash";
import type { CrashPoint } from "../crash/crash-point";
import { pace } from "../crash/reference";
import { problemsAfterDestroy, problemsAfterUp } from "../crash/verdict";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";
import { accountName } from "./settings/deployed";
import { GROUP } from "./shared-account";

// The moments of the crash matrix that only a Foundry account with a project has: the writes of the project, one after the other on one stack.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  checkout.configure({ "account.kind": "AIServices", "account.project": "tutor" });
});
afterAll(() => checkout.close());

const at = (
  command: CrashPoint["command"],
  method: "PUT" | "DELETE",
  when: CrashPoint["when"],
  victim: CrashPoint["victim"],
): [string, CrashPoint] => [
  `${command}: ${victim} killed right ${when} the ${method} of the project`,
  { command, match: `^${method} .*/projects/tutor`, request: 1, when, victim },
];

async function crashAndRecover(point: CrashPoint): Promise<void> {
  const { at: request, second } = await crash(checkout, point);
  expect(request).toMatch(new RegExp(point.match!, "i"));
  if (second) expect(second.code === 0 ? "" : second.output).toContain("npm run recover");
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
}

it.each([at("up", "PUT", "before", "tree"), at("up", "PUT", "after", "tree")])("%s", (_name, point) =>
  crashAndRecover(point),
);

it("the next up is as if nothing had happened, with one project and one job", async () => {
  expect(await checkout.pulumi("up", "--yes", "--skip-preview")).toSucceed();
  const names: unknown[] = [];
  for await (const { name } of cognitiveServicesClient(checkout.cloud).projects.list(
    GROUP,
    await accountName(checkout),
  ))
    names.push(name);
  expect(names).toEqual([expect.stringMatching(/(^|\/)tutor$/)]);
  expect(await problemsAfterUp(checkout, undefined, 0, { roleAssignments: 5 })).toEqual([]);
});

it.each([at("destroy", "DELETE", "before", "tree"), at("destroy", "DELETE", "after", "tree")])("%s", (_name, point) =>
  crashAndRecover(point),
);

it("the next destroy leaves nothing", async () => {
  expect(await checkout.pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  expect(await problemsAfterDestroy(checkout, 1)).toEqual([]);
});
