import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobState } from "../../../dynamic-providers/fine-tuning-job/schema";
import { refuseForeignDeployments } from "../../../dynamic-providers/runtime/foreign-deployments";
import { evaluationHandler } from "../../../dynamic-providers/evaluation/handler";
import type { EvaluationInputs, EvaluationState } from "../../../dynamic-providers/evaluation/schema";
import { temporaryName } from "../../../dynamic-providers/evaluation/temporary-name";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { readResults } from "../../../evaluation/results/read-results";
import { lessons } from "../../evaluation/rehearsed-models";
import { deploy } from "../../support/rehearsal";
import { BASE, type Evaluated, rehearseEvaluation } from "./evaluated";

const here = process.cwd();
const SERVING = "tutor-0a1b2c";
let one: Evaluated;
let first: EvaluationState;
/** What the first run said. */
let told: string;
beforeAll(async () => {
  one = await rehearseEvaluation();
});
afterAll(async () => {
  process.chdir(here);
  await one.rehearsal.close();
});
beforeEach(() => {
  one.rehearsal.lines.length = 0;
});
afterEach(() => {
  one.rehearsal.proxy.fault = () => undefined;
});

const said = () => one.rehearsal.lines.join("\n");
const leftover = () => deploy(one.rehearsal, temporaryName(one.inputs, one.worse), one.worse);
/** Cases that were not asked before. */
function questions(start: string): string {
  const cases = path.join(one.rehearsal.folder, `${start.replaceAll(" ", "-")}.jsonl`);
  writeFileSync(cases, lessons(22).replaceAll("What are", start));
  return cases;
}
const failure = async (task: Promise<unknown>) =>
  (await task.then(
    () => ({}),
    (error: unknown) => error,
  )) as PartialFailure;
async function diff(olds: EvaluationState, more: Partial<EvaluationInputs> = {}) {
  const context = one.rehearsal.newProcess();
  const handler = evaluationHandler(context);
  const { inputs, failures } = await handler.check(olds, { ...one.inputs, ...more });
  expect(failures).toEqual([]);
  const { changes } = await handler.diff("evaluation", olds, inputs);
  return { changes, verdict: context.verdicts.of("tutor-job") };
}

describe("an evaluation", () => {
  it("asks both models, lets the better one pass, and leaves no temporary deployment", async () => {
    const before = one.asked();
    first = await one.create();
    told = said();
    expect(first).toMatchObject({ passed: true, reasons: [], model: one.good, caseCount: 24 });
    expect(first.summary).toMatch(
      /^\d\.\d{3} on 24 cases \(.*\); gain over the serving model \+0\.\d{3} \(95% interval \+/,
    );
    expect(one.deployments()).toEqual([SERVING]);
    // One more shows that the temporary deployment answers; how it is named is the same in every run.
    expect(one.asked() - before).toBe(2 * 24 + 1);
    expect(said()).toMatch(
      /\[plan\] tutor: Evaluates the model on 24 cases against the serving model, on 1 temporary deployment \(Standard\): about \$1\.7\d \(asking less than \$0\.01, hosting \$1\.70\); it is deployed only if it passes/,
    );
    expect(said()).toMatch(/^\d+% · .*candidate: \d+ of 24 answers · \$0\.00$/m);
  });

  it("keeps the results with all texts for their owner alone, the candidate first", async () => {
    const [, file] = /full results, including all text: (\S+)/.exec(told) ?? [];
    expect(file).toMatch(/\.local\/evaluations\/results\/[0-9a-f]{16}\.json$/);
    expect(statSync(file!).mode & 0o777).toBe(0o600);
    const { summary, cases } = await readResults(file!);
    expect(summary.models.map(({ name, model }) => [name, model])).toEqual([
      ["candidate", one.good],
      ["serving", one.worse],
    ]);
    expect(summary.comparisons[0]).toMatchObject({ against: "serving", wins: 24, ties: 0, losses: 0 });
    expect([cases.length, cases[0]!.answers.length]).toEqual([24, 2]);
  });

  it("holds no text of a case or an answer in its state", () => {
    expect(JSON.stringify(first)).not.toMatch(/What are|Lesson|step by step|ask somebody/);
    expect(told).not.toMatch(/What are|Lesson|step by step|ask somebody/);
  });

  it("changes nothing while nothing changes, and after the candidate has come to serve", async () => {
    const { worse } = one;
    expect(await diff(first)).toMatchObject({ changes: false, verdict: { passed: true } });
    one.rehearsal.account.deployments[0]!.model.name = one.good;
    expect((await diff(first)).changes).toBe(false);
    one.rehearsal.account.deployments[0]!.model.name = worse;
  });

  it("judges by another rule without a call, and says so at preview", async () => {
    const before = one.asked();
    const rule = { minScore: 0.5, minGain: 0.9, maxRegressions: 0, confident: true };
    const { changes, verdict } = await diff(first, { rule });
    expect(changes).toBe(true);
    expect(verdict).toMatchObject({ passed: false, model: one.good });
    expect(verdict!.reasons).toEqual([
      expect.stringMatching(
        /^the lower end of the 95% interval of its gain over the serving model is \+0\.\d{3}, below evaluation\.minGain 0\.9$/,
      ),
    ]);
    const { passed, reasons, summary, key, evaluatedAt, model } = await one.update(first, { rule });
    expect({ passed, reasons, summary, key, evaluatedAt, model }).toEqual(verdict);
    expect(one.asked()).toBe(before);
  });

  it("asks a model that was evaluated before nothing again, from another machine too", async () => {
    const second = await one.update(first, { candidate: one.worse, trainingKey: "k2", against: ["base"] });
    expect(one.deployments()).toEqual([SERVING]);
    const before = one.asked();
    const work = process.cwd();
    process.chdir(mkdtempSync(path.join(one.rehearsal.folder, "another-")));
    const { verdict } = await diff(second);
    expect(verdict).toMatchObject({ passed: true, model: one.good, evaluatedAt: first.evaluatedAt });
    expect(await one.update(second)).toMatchObject({ passed: true, summary: first.summary });
    expect(one.asked()).toBe(before);
    process.chdir(work);
  });

  it.each<[string, number, boolean, RegExp]>([
    ["does not pass", 0, false, /it does not pass: its gain over the serving model is -0\.\d{3}, below/],
    ["passes", -1, true, /it passes$/],
  ])(
    "says at preview that a model which never was in question %s, if all scores are known",
    async (_, least, passed, line) => {
      const before = one.asked();
      one.rehearsal.account.deployments[0]!.model.name = one.good;
      const more = { candidate: one.worse, trainingKey: "k0", rule: { minGain: least } };
      const { changes, verdict } = await diff(first, more);
      expect(changes).toBe(true);
      expect(verdict).toMatchObject({ passed, model: one.worse, evaluatedAt: UNKNOWN });
      expect(said()).toMatch(
        /\[plan\] tutor: Evaluates the model on 24 cases against the serving model: no calls, since all scores are known; /,
      );
      expect(said()).toMatch(new RegExp(line, "m"));
      // `up` comes to the same, and knows when.
      const { evaluatedAt, ...done } = await one.update(first, more);
      const { evaluatedAt: _later, ...foreseen } = verdict!;
      expect(done).toMatchObject(foreseen);
      expect(typeof evaluatedAt).toBe("number");
      expect(one.asked()).toBe(before);
      one.rehearsal.account.deployments[0]!.model.name = one.worse;
    },
  );

  it("makes no deployment where every answer is kept", async () => {
    const puts = one.rehearsal.proxy.count("PUT", /deployments/);
    const before = one.asked();
    const state = await one.create({
      grader: {
        type: "text_similarity",
        name: "s",
        input: "{{sample.output_text}}",
        reference: "{{item.reference}}",
        evaluation_metric: "bleu",
      },
    });
    expect(state.graderTitle).toBe("text_similarity bleu");
    expect([one.asked(), one.rehearsal.proxy.count("PUT", /deployments/)]).toEqual([before, puts]);
  });

  it("is due in a preview of a training", async () => {
    expect(await diff(first, { candidate: UNKNOWN, trainingKey: "k3" })).toEqual({ changes: true, verdict: undefined });
    expect(said()).toMatch(/Evaluates the model on 24 cases against the serving model, on 1 temporary deployment/);
  });

  it("compares with the model that serves under the name that the deployment had before, also in later runs", async () => {
    const renamed = { deployment: { name: "guide", sku: "Standard" }, trainingKey: "k4" };
    const second = await one.update(first, { ...renamed, candidate: one.worse, against: ["base"] });
    for (const olds of [first, second]) {
      one.rehearsal.lines.length = 0;
      await diff(olds, { ...renamed, candidate: UNKNOWN });
      expect(said()).toMatch(/Evaluates the model on 24 cases against the serving model, /);
    }
    // Its own deployment again, and one of a stack that never had that name.
    for (const name of ["tutor", "other"]) {
      const { inputs } = await one.start().check({ ...first, deployment: { ...first.deployment, name } }, one.inputs);
      expect(inputs.formerNames).toEqual(name === "tutor" ? undefined : ["other"]);
    }
  });

  it("knows nobody who serves in an account that is still made", async () => {
    const { check } = one.start();
    const { failures } = await check({}, { ...one.inputs, accountId: UNKNOWN, candidate: UNKNOWN });
    expect(failures).toEqual([]);
    expect(said()).toMatch(/Evaluates the model on 24 cases, on 1 temporary/);
  });
});

describe("what an interrupted run has left", () => {
  it("is removed by the next up, whether it evaluates or not", async () => {
    leftover();
    expect((await diff(first)).changes).toBe(true);
    expect(said()).toMatch(/Removes evaluation-[0-9a-f]{10}-[0-9a-f]{6}, left over from an interrupted evaluation/);
    await one.update(first);
    expect(one.deployments()).toEqual([SERVING]);
    leftover();
    await one.create();
    expect(one.deployments()).toEqual([SERVING]);
  });

  it("is removed with the resource, and another stack's is not", async () => {
    leftover();
    const other = temporaryName({ ...one.inputs, stack: "other" }, one.worse);
    deploy(one.rehearsal, other, one.worse);
    await one.start().delete("evaluation", first);
    expect(one.deployments()).toEqual([SERVING, other]);
    one.rehearsal.account.deployments.pop();
  });

  it("is removed by a destroy that finds no evaluation in the state, and is nothing foreign to it", async () => {
    leftover();
    const context = one.rehearsal.newProcess();
    await refuseForeignDeployments(context, { accountId: one.inputs.accountId }, { deploymentName: SERVING });
    const state = {
      accountId: one.inputs.accountId,
      jobId: "ftjob-0",
      project: "p",
      stack: "s",
      logicalName: "tutor-job",
    };
    one.rehearsal.account.deployments.shift();
    await fineTuningJobHandler(context).delete("ftjob-0", { ...state, marker: "m", suffix: "x" } as FineTuningJobState);
    expect(one.deployments()).toEqual([]);
    deploy(one.rehearsal, SERVING, one.worse);
    one.rehearsal.service.advance(600_000);
  });

  it("is used where it is of the same model", async () => {
    deploy(one.rehearsal, temporaryName(one.inputs, one.good), one.good);
    one.rehearsal.service.advance(600_000);
    const puts = one.rehearsal.proxy.count("PUT", /\/deployments\//);
    await one.create();
    expect(one.rehearsal.proxy.count("PUT", /\/deployments\//)).toBe(puts);
    expect(one.deployments()).toEqual([SERVING]);
  });
});

describe("an evaluation that does not end", () => {
  it("keeps the scores so far in the state, removes its deployment, and is continued", async () => {
    const cases = questions("How do people see");
    // The second model's requests are those after the first's.
    let chats = 0;
    one.rehearsal.proxy.fault = ({ path }) =>
      /\/chat\//.test(path) && ++chats > 23 ? { status: 403, code: "Forbidden" } : undefined;
    const error = await failure(one.create({ cases }));
    expect(error.message).toMatch(
      /^The model has not been evaluated yet: The deployment serving does not respond \(403/,
    );
    expect(one.deployments()).toEqual([SERVING]);
    const olds = error.properties as unknown as EvaluationState;
    expect(olds.results).toHaveLength(1);
    expect(olds).not.toHaveProperty("passed");
    one.rehearsal.proxy.fault = () => undefined;
    const before = one.asked();
    expect(typeof (await one.update(olds, { cases })).passed).toBe("boolean");
    expect(one.asked() - before).toBe(22);
  });

  it.each<[string, string, RegExp]>([
    ["fails", "fail", /temporary deployment \S+ ended in state Failed/],
    ["is refused", "content-safety", /unable to be deployed/],
  ])("because its deployment %s leaves none", async (_, outcome, sentence) => {
    one.rehearsal.account.nextDeploymentFaults = Array.from({ length: 9 }, () => ({ outcome }) as never);
    const cases = questions(`Who likes the ${outcome} of`);
    const error = await failure(one.create({ cases }));
    one.rehearsal.account.nextDeploymentFaults = [];
    expect(error.message).toMatch(sentence);
    expect(one.deployments()).toEqual([SERVING]);
  });

  it("waits while another write of the account's deployments goes on", async () => {
    one.rehearsal.proxy.disturb("PUT", /\/deployments\//, { status: 409, code: "RequestConflict" }, 3);
    await one.create({ cases: questions("Who waits for") });
    expect(said()).toMatch(/^waited 0 s · another operation is modifying the account · deploying evaluation-/m);
    expect(one.deployments()).toEqual([SERVING]);
  });
});

describe("before anything is paid it refuses", () => {
  const row = (content: string) =>
    `${JSON.stringify({ messages: [{ role: "user", content: "Who?" }, ...(content ? [{ role: "assistant", content }] : [])] })}\n`;
  const file = (name: string, text: string) => {
    const written = path.join(one.rehearsal.folder, name);
    writeFileSync(written, text);
    return written;
  };
  const refused = async (more: Partial<EvaluationInputs>) => {
    const puts = one.rehearsal.proxy.count("PUT", /./);
    const [before, error] = [one.asked(), await failure(one.create(more))];
    expect([one.asked(), one.rehearsal.proxy.count("PUT", /./)]).toEqual([before, puts]);
    return error.message;
  };
  const judge = {
    type: "label_model",
    name: "judge",
    model: "gpt-4.1-2025-04-14",
    labels: ["good", "bad"],
    passing_labels: ["good"],
  };
  const input = [{ role: "user", content: "Is {{sample.output_text}} good?" }];

  it.each<[string, () => Partial<EvaluationInputs>, RegExp]>([
    ["no file", () => ({ cases: "nowhere.jsonl" }), /nowhere\.jsonl/],
    ["an empty file", () => ({ cases: file("empty.jsonl", "") }), /empty\.jsonl/],
    ["a case without reference", () => ({ cases: file("open.jsonl", row("")) }), /line 1: The case has no reference/],
    [
      "a case from the training data",
      () => ({ cases: file("leak.jsonl", lessons(3)), trainingFile: file("train.jsonl", lessons(12)) }),
      /leak\.jsonl cannot be used as evaluation cases:\n {2}line 1: /,
    ],
    [
      "an unknown grader",
      () => ({ grader: { type: "guess", name: "g" } }),
      /The grader cannot be used:\n {2}evaluation\.grader\.type is "guess"; expected string_check/,
    ],
    [
      "an unknown variable",
      () => ({
        grader: { type: "string_check", name: "g", operation: "eq", input: "{{sample.output}}", reference: "a" },
      }),
      /The grader cannot be used:\n {2}evaluation\.grader\.input .*sample\.output/,
    ],
    [
      "a judge that is not there",
      () => ({ grader: { ...judge, input } }),
      /^evaluation\.judges\.gpt-4\.1-2025-04-14 is not set, so the grader's model is looked up by its own name, gpt-4\.1-2025-04-14, but there is no .*it has tutor-0a1b2c/,
    ],
    [
      "a named judge that is not there",
      () => ({ grader: { ...judge, input }, judges: { "gpt-4.1-2025-04-14": "nobody" } }),
      /^evaluation\.judges\.gpt-4\.1-2025-04-14 is nobody, but there is no deployment of that name/,
    ],
    [
      "a score that none reaches",
      () => ({ rule: { minScore: 1.2 } }),
      /evaluation\.minScore is 1\.2, but the grader's highest possible score is 1/,
    ],
    ["a gain over nobody", () => ({ against: [], rule: { minGain: 0 } }), /minGain compares with another model/],
    [
      "an opponent that is not there",
      () => ({ against: ["old-tutor"] }),
      /^evaluation\.against contains old-tutor, but there is no deployment of that name in the stack's account \(it has tutor-0a1b2c\)/,
    ],
    [
      "a cost over the limit",
      () => ({ maxUsd: 1 }),
      /^The evaluation would cost about \$1\.7\d .*, over evaluation\.maxUsd of \$1\.00\. Increase evaluation\.maxUsd: hosting the temporary deployments alone costs \$1\.70, regardless of the number of cases/,
    ],
    [
      "no room for the temporary deployment",
      () => ({ capacity: 251 }),
      /^Not enough quota in northcentralus for a temporary Standard deployment with capacity 251 \(evaluation\.temporaryCapacity\)\. .*Lower evaluation\.temporaryCapacity, delete/,
    ],
  ])("%s", async (_, more, sentence) => {
    expect(await refused(more())).toMatch(sentence);
  });

  it("a base model that is retired", async () => {
    const catalogFile = file(
      "retired.json",
      JSON.stringify({ models: [{ id: BASE, retirement: { base: "2020-01-01" } }] }),
    );
    expect(await refused({ against: ["base"], catalogFile })).toMatch(
      /the base model gpt-4o-mini-2024-07-18 was retired on 2020-01-01 and can't be deployed \(ServiceModelDeprecated\): remove base/,
    );
  });
});

describe("several checkpoints", () => {
  it("are served one after the other, and the one that scores best is judged", async () => {
    const most = { temporary: 0 };
    one.rehearsal.proxy.fault = ({ path }) => {
      if (/chat/.test(path)) {
        most.temporary = Math.max(
          most.temporary,
          one.deployments().filter((name) => name.startsWith("evaluation-")).length,
        );
      }
      return undefined;
    };
    const state = await one.create({
      cases: questions("Whose are"),
      candidate: one.worse,
      checkpoints: [one.worse, one.good],
      against: ["base"],
      rule: {},
    });
    expect(state).toMatchObject({ passed: true, model: one.good });
    expect(most.temporary).toBe(1);
    expect(one.deployments()).toEqual([SERVING]);
  });
});

it("asks the same cases after line ends have changed, and others when one is added", async () => {
  const cases = path.join(one.rehearsal.folder, "crlf.jsonl");
  writeFileSync(cases, readFileSync(one.inputs.cases, "utf8").replaceAll("\n", "\r\n"));
  expect((await diff(first, { cases })).changes).toBe(false);
  appendFileSync(cases, lessons(25).split("\n")[24]!);
  expect((await diff(first, { cases })).changes).toBe(true);
});
