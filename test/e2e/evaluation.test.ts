import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { resourcesOfType } from "../../stack/stack-state";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { EvaluationState, ModelResult } from "../../dynamic-providers/evaluation/schema";
import { pace } from "../crash/reference";
import { pollChat } from "./chat-poller";
import { Checkout } from "./checkout";
import { canary, shuffleAnswers, writeCases } from "./evaluated-data";
import { addExample } from "./settings/deployed";
import { previewOf, upOf } from "./settings/preview-and-up";

// One stack goes from a model that passes to one that does not and back; each test takes up where the one before ended.
let checkout: Checkout;
let dataBack: () => void;
let exampleBack: () => void;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  writeCases(checkout, "cases.jsonl");
  const evaluation = { enabled: true, cases: "cases.jsonl", against: ["serving"], minGain: -0.05 };
  checkout.configure({ evaluation, "deploy.switch": "blueGreen" });
});
afterAll(() => checkout.close());

const up = () => checkout.pulumi("up", "--yes", "--skip-preview");
/**
 * As an `up` that is answered with yes: held to the plan that its preview has saved.
 *
 * @param known - how the preview ends: with 1 if it knows of an error
 */
async function upAsPlanned(known: 0 | 1 = 0) {
  const preview = await checkout.pulumi("preview", "--diff", "--save-plan", "plan.json");
  expect(preview).toExitWith(known);
  return { ...(await checkout.pulumi("up", "--yes", "--skip-preview", "--plan", "plan.json")), said: preview.output };
}
/** What the gate ends an `up` with, after lines that say the figures, too. */
const atGate = (version: number, serves: number, minGain = "-0.05", name = "") =>
  new RegExp(
    `error: .*Version ${version} \\(\\S+\\) did not pass its evaluation: its gain over the serving model is [-+]?0\\.\\d{3}, below evaluation\\.minGain ${minGain} \\(.*\\)\\. Version ${serves} remains deployed\\.${name}.* To clear this error, `,
  );
const deployments = async () => {
  const { accounts } = JSON.parse(checkout.read(".local/azure/state.json")) as {
    accounts: { deployments: { name: string; model: { name: string }; lastUsedAt: number }[] }[];
  };
  return Promise.resolve(accounts[0]!.deployments);
};
async function evaluated() {
  const [resource] = resourcesOfType(await checkout.stackState(), finetuneType("Evaluation"));
  return resource!.outputs as unknown as EvaluationState;
}
/** Of the newest test. */
function meanOf(results: ModelResult[], model: string): number {
  const scores = results
    .findLast((one) => one.model === model)!
    .scores.split(" ")
    .map(Number);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
const pending = async () => (await checkout.stackState()).deployment.pending_operations ?? [];

it("the first model is evaluated on a temporary deployment, and then serves", async () => {
  const { code, output } = await up();
  expect({ code, output }).toSucceed();
  expect(output).toMatch(
    /\[plan\] Evaluates the model on 24 cases, on 1 temporary deployment \(Standard\): about \$1\.\d\d/,
  );
  expect(output).toMatch(/\[evaluation\] passed: 0\.\d{3} on 24 cases/);
  expect(await evaluated()).toMatchObject({ passed: true });
  expect(await deployments()).toHaveLength(1);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("a worse one is trained and does not serve: the first answers all through, and up is red with the figures", async () => {
  const [before] = await deployments();
  const poller = pollChat(checkout, before!.name);
  dataBack = shuffleAnswers(checkout);
  // A name that the deployment gets only with a model that passes: two would be hosted otherwise.
  checkout.configure({ "deploy.name": "tutor" });
  // Whether it passes is not known yet to the plan that holds `up`.
  const { code, output } = await upAsPlanned();
  await poller.stop();
  expect({ code, output }).toExitWith(1);
  expect(output).toMatch(atGate(2, 1, "-0.05", ` The deployment keeps its name ${before!.name}: .*tutor-`));
  expect(output).not.toContain("is not allowed by the plan");
  // What the job was billed, not what was estimated.
  expect(output).toMatch(
    /^Rejected\. Version 2 did not pass its evaluation: .*\n {2}deploys {2}version 1 as \S+, as before\n {2}cost {5}on Azure: training \$0\.\d\d \([\d,]+ tokens billed\); evaluation about /m,
  );
  expect(poller.failed).toEqual([]);
  expect(poller.answered[before!.name]).toBeGreaterThan(5);
  expect(await deployments()).toEqual([expect.objectContaining({ name: before!.name, model: before!.model })]);
  expect(await pending()).toEqual([]);
  expect(await evaluated()).toMatchObject({ passed: false });
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 2 });
});

it("the next preview says that nothing is trained or asked, and what became of the model", async () => {
  const before = await deployments();
  // As `up` will, which is known to the plan this time.
  const { said: output, ...again } = await upAsPlanned(1);
  expect(output).toMatch(
    /^Stack local: Rejected\. Version 2 \(\S+\) did not pass its evaluation: .* ends with an error\.$/m,
  );
  expect(output).toMatch(/\[plan\] `up` ends with an error after everything else: Version 2 /);
  expect(output).toMatch(/\[plan\] Trains nothing/);
  expect(output).not.toMatch(/Evaluates the model/);
  expect(output).toMatch(/below evaluation\.minGain/);
  expect(again).toExitWith(1);
  expect(again.output).toMatch(atGate(2, 1));
  // When they were last asked is part of them.
  expect(await deployments()).toEqual(before);
});

it("data that is put right and is better serves; nothing temporary is left", async () => {
  dataBack();
  exampleBack = addExample(checkout);
  // A plan that does not know yet whether the gate ends `up` lets it end well, too.
  const { code, output } = await upAsPlanned();
  expect({ code, output }).toSucceed();
  expect(await evaluated()).toMatchObject({ passed: true });
  const [now, ...others] = await deployments();
  expect(others).toEqual([]);
  expect(now!.model.name).toBe((await evaluated()).model);
  expect(now!.name).toMatch(/^tutor-/);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 3 });
});

it("going back to a model whose scores are known, though it never was in question: the preview says the result", async () => {
  exampleBack();
  // Another length of answers is another test, in which the model that serves is the opponent alone.
  checkout.configure({ "evaluation.maxTokens": 500 });
  expect(await up()).toSucceed();
  addExample(checkout);
  checkout.configure({ "evaluation.minGain": 0.3 });
  const { code, output, said } = await upAsPlanned(1);
  const result =
    /\[plan\] Evaluates the model on 24 cases against the serving model: no calls, since all scores are known; it does not pass: its gain .* below evaluation\.minGain 0\.3/;
  expect(said).toMatch(result);
  expect(said).toMatch(
    /^ {2}error {4}`up` ends with an error after everything else: Version 3 \(\S+\) did not pass its evaluation: /m,
  );
  expect({ code, output }).toExitWith(1);
  expect(output).toMatch(result);
  expect(output).toMatch(atGate(3, 1, "0.3"));
  checkout.configure({ "evaluation.minGain": -0.05, "evaluation.maxTokens": undefined });
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 3 });
});

it("deploy.checkpoint evaluated serves each checkpoint by itself, one at a time, and keeps the one that scores best", async () => {
  const [before] = await deployments();
  checkout.configure({ "deploy.checkpoint": "evaluated" });
  const said = await previewOf(checkout);
  const done = await upOf(checkout);
  expect(done.plan).toEqual(said.plan);
  expect(said.plan.join("\n")).toMatch(
    /^Evaluates the model on 24 cases, on 2 temporary deployments \(Standard\): about/m,
  );
  expect(done).toMatchObject({ failed: false, jobs: 0 });
  const made = done.deployments.filter((write) => write.includes("evaluation-"));
  const names = made.map((write) => write.split(" ")[1]!);
  // The last checkpoint is the model that serves: it was evaluated before.
  expect(made).toEqual([`PUT ${names[0]}`, `DELETE ${names[0]}`, `PUT ${names[2]}`, `DELETE ${names[2]}`]);
  expect(names[0]).not.toBe(names[2]);
  const { model, results, comparisons, passed } = await evaluated();
  const means = comparisons.at(-1)!.candidates.map((name): [string, number] => [name, meanOf(results, name)]);
  expect(means).toHaveLength(3);
  const best = Math.max(...means.map(([, mean]) => mean));
  expect(passed).toBe(true);
  expect(new Map(means).get(model)).toBe(best);
  const [now, ...others] = await deployments();
  expect(others).toEqual([]);
  expect(now!.model.name).toBe(model);
  // Another checkpoint has a deployment of its own; the one that serves already is not deployed again.
  expect(now!.name === before!.name).toBe(now!.model.name === before!.model.name);
});

it("another checkpoint of what serves that did not pass is not deployed, either", async () => {
  const serving = (await deployments()).map(({ name, model }) => ({ name, model }));
  checkout.configure({ "deploy.checkpoint": 69 });
  const { said, ...done } = await upAsPlanned();
  expect(said).toMatch(
    /\[plan\] Evaluates the model on 24 cases against the serving model, .* deployed only if it passes/,
  );
  const rejected =
    /Checkpoint 69 of version 3 \(\S+ckpt-step-69\) did not pass its evaluation: .* Checkpoint \S+ of version 3 \(\S+\) remains deployed\. .*; or set `deploy\.checkpoint` to \S+ to keep that one deployed\./;
  expect(done).toExitWith(1);
  expect(done.output).toMatch(rejected);
  expect((await deployments()).map(({ name, model }) => ({ name, model }))).toEqual(serving);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 3 });
});

it("no text of a case or an answer is in the state, its history, what was printed or what pulumi logged", () => {
  expect(checkout.transcript).not.toContain(canary);
  const folder = path.join(checkout.folder, ".local");
  const kept = ["pulumi-state", "stack", "pulumi-home"].flatMap((name) => filesBelow(path.join(folder, name)));
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.filter((file) => readFileSync(file, "utf8").includes(canary))).toEqual([]);
  // The answers themselves are kept, for their owner alone.
  const answers = filesBelow(path.join(folder, "evaluations"));
  expect(answers.some((file) => readFileSync(file, "utf8").includes(canary))).toBe(true);
});

it("destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 0, accounts: 0 });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
