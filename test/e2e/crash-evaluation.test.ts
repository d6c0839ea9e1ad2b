import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { LoggedRequest } from "local-azure/admin/request-log";
import { crash } from "../crash/crash";
import type { CrashPoint } from "../crash/crash-point";
import { pace } from "../crash/reference";
import { problemsAfterDestroy, problemsAfterUp } from "../crash/verdict";
import { Checkout } from "./checkout";
import { writeCases } from "./evaluated-data";

// An `up` that evaluates, killed while its temporary deployment is made, while cases are asked and while it is removed, one after the other on one stack.
let checkout: Checkout;
let cases: number;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  cases = writeCases(checkout, "cases.jsonl");
  checkout.configure({ evaluation: { enabled: true, cases: "cases.jsonl", minScore: 0.01 } });
});
afterAll(() => checkout.close());

const temporary = "/deployments/evaluation-[0-9a-f-]+([?]|$)";
const at = (
  match: string,
  when: CrashPoint["when"],
  victim: CrashPoint["victim"],
  request = 1,
): [string, CrashPoint] => [
  `${victim} killed right ${when} request ${request} of ${match}`,
  { command: "up", match, request, when, victim },
];

it.each<[...ReturnType<typeof at>, number]>([
  [...at(`^PUT .*${temporary}`, "before", "tree"), 0],
  [...at(`^PUT .*${temporary}`, "after", "tree"), 1],
  [...at("^POST .*/chat/completions", "after", "tree"), 1],
  [...at(`^DELETE .*${temporary}`, "before", "tree"), 1],
])("%s, and recover removes what is left of its deployment", async (_name, point, left) => {
  const { at: request } = await crash(checkout, point);
  expect(request).toMatch(new RegExp(point.match!, "i"));
  expect(await checkout.counters()).toMatchObject({ deployments: left });
  const { code, output } = await checkout.run("commands/recover", "--stack", "local");
  expect({ code, output }).toSucceed();
  const removed = [...output.matchAll(/^ {2}\[evaluation\] removed the temporary deployment evaluation-[0-9a-f-]+$/gm)];
  expect(removed).toHaveLength(left);
  expect(await checkout.counters()).toMatchObject({ deployments: 0 });
});

it("the next up evaluates the rest: one job, nothing temporary, and no case paid twice beyond those under way", async () => {
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(await problemsAfterUp(checkout, undefined, 0)).toEqual([]);
  const { requests } = await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests");
  const asked = requests.filter(
    ({ method, path, status }) => method === "POST" && /\/chat\/completions/.test(path) && status === 200,
  );
  // Each run asks once whether its deployment answers, and the probe once; a kill while cases are asked may lose all that were under way.
  expect(asked.length).toBeGreaterThanOrEqual(cases);
  expect(asked.length).toBeLessThanOrEqual(2 * cases + 10);
});

it("the next destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(await problemsAfterDestroy(checkout, 1)).toEqual([]);
});
