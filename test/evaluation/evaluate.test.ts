import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { evaluate } from "../../evaluation/evaluate";
import { readGrader } from "../../evaluation/graders/read-grader";
import type { Evaluation } from "../../evaluation/result";
import { lessons, type RehearsedModels, rehearseModels } from "./rehearsed-models";

let models: RehearsedModels;
beforeAll(async () => {
  models = await rehearseModels();
});
afterEach(() => {
  models.rehearsal.proxy.fault = () => undefined;
});
afterAll(() => models.rehearsal.close());

/** What must not depend on how a run went. */
function figures({ summary, cases }: Evaluation) {
  const { spentUsd: _, models: all, ...rest } = summary;
  return { ...rest, models: all.map(({ asked: _asked, ...model }) => model), cases };
}

describe("compares models on the same cases", () => {
  it("finds the better one, with intervals, wins and losses", async () => {
    const { summary, cases } = await evaluate(await models.options({ rule: { minScore: 0.9, minGain: 0.1 } }));
    expect(summary.models.map(({ name, score }) => [name, score.mean > 0.9])).toEqual([
      ["good", true],
      ["worse", false],
    ]);
    expect(summary.comparisons).toEqual([expect.objectContaining({ against: "worse", wins: 40, ties: 0, losses: 0 })]);
    expect(summary.comparisons[0]!.difference.low).toBeGreaterThan(0.1);
    expect(summary.verdict.passed).toBe(true);
    expect(cases[3]).toMatchObject({ line: 4, answers: [{ text: expect.stringContaining("Lesson 3"), score: 1 }, {}] });
  });

  it("fails the worse one with the figures", async () => {
    const { worse, good } = models;
    const rule = { minScore: 0.9, minGain: -0.05, maxRegressions: 0.05, confident: true };
    const { summary } = await evaluate(await models.options({ subjects: [worse, good], rule }));
    expect(summary.verdict.passed).toBe(false);
    expect(summary.verdict.checks.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ["minScore", false],
      ["minGain", false],
      ["maxRegressions", false],
    ]);
    expect(summary.comparisons[0]).toMatchObject({ wins: 0, losses: 40, regressions: { mean: 1, low: 1, high: 1 } });
  });

  it("warns of few cases, and says what it cost", async () => {
    const { summary } = await evaluate(await models.options({ cases: lessons(5) }));
    expect(summary.warnings).toEqual([
      "5 cases are not many. With fewer than 20, the confidence interval is too wide to say much.",
    ]);
    const { tokens, usd } = summary.models[0]!;
    expect(usd).toBeCloseTo((tokens.prompt * 0.165 + tokens.completion * 0.66) / 1e6, 12);
    expect(summary.spentUsd).toBeCloseTo(usd! + summary.models[1]!.usd!, 12);
  });
});

describe("keeps answers", () => {
  it("asks nothing again, in a file that is the owner's alone, and gives the same figures bit for bit", async () => {
    const options = await models.options();
    const first = await evaluate(options);
    const asked = models.asked();
    const again = await evaluate(options);
    expect(models.asked()).toBe(asked);
    expect(figures(again)).toEqual(figures(first));
    expect(again.summary.models.map((model) => model.asked)).toEqual([0, 0]);
    const files = readdirSync(options.folder);
    expect(files).toHaveLength(2);
    for (const file of files) expect(statSync(path.join(options.folder, file)).mode & 0o777).toBe(0o600);
    expect(statSync(options.folder).mode & 0o777).toBe(0o700);
  });

  it("asks only for what is new: other graders, more cases, another model", async () => {
    const options = await models.options({ subjects: [models.good] });
    await evaluate(options);
    const before = models.asked();
    const exact = {
      type: "string_check",
      operation: "eq",
      input: "{{sample.output_text}}",
      reference: "{{item.reference}}",
    };
    await evaluate({ ...options, grader: readGrader(exact).grader });
    expect(models.asked()).toBe(before);
    await evaluate({ ...options, cases: (await models.options({ cases: lessons(43) })).cases });
    expect(models.asked()).toBe(before + 3);
    await evaluate({ ...options, subjects: [models.good, models.base] });
    expect(models.asked()).toBe(before + 43);
  });

  it("asks the same question once, on however many lines and deployments of a model it is", async () => {
    const twin = { ...models.good, name: "twin" };
    const options = await models.options({ cases: lessons(3).repeat(5), subjects: [models.good, twin] });
    const before = models.asked();
    const { summary } = await evaluate(options);
    expect(models.asked()).toBe(before + 3);
    expect(summary.comparisons[0]).toMatchObject({ ties: 15, difference: { mean: 0, low: 0, high: 0 } });
  });
});

describe("disturbances", () => {
  it("repeats what was lost, and loses no case", async () => {
    const undisturbed = figures(await evaluate(await models.options()));
    const faults = [
      "cut before",
      "cut after",
      "truncate",
      { status: 503 },
      { status: 429, headers: { "retry-after": "7" } },
    ] as const;
    models.rehearsal.proxy.fault = ({ path }, number) =>
      /\/chat\//.test(path) && number % 3 === 0 ? faults[(number / 3) % faults.length] : undefined;
    const options = await models.options();
    const disturbed = figures(await evaluate(options));
    expect(disturbed).toEqual(undisturbed);
  });

  it("ends with the status and the line when the deployment does not answer, and keeps what there is", async () => {
    const options = await models.options({ subjects: [models.good] });
    let answered = 0;
    models.rehearsal.proxy.fault = ({ path }) =>
      /\/chat\//.test(path) && ++answered > 10
        ? { status: 404, code: "DeploymentNotFound", message: "gone" }
        : undefined;
    await expect(evaluate(options)).rejects.toThrow(
      /^The deployment good does not respond \(404 DeploymentNotFound, case on line \d+\)\. .* answers so far are kept\. Check the name/,
    );
    models.rehearsal.proxy.fault = () => undefined;
    const before = models.asked();
    await evaluate(options);
    expect(models.asked()).toBe(before + 30);
  });

  it("scores a question that the service refuses the least, and asks it no second time", async () => {
    const options = await models.options({ subjects: [models.good] });
    const filtered = { status: 400, code: "content_filter", message: "The response was filtered" };
    models.rehearsal.proxy.disturb("POST", /\/chat\//, filtered, 2);
    const { summary, cases } = await evaluate(options);
    expect(summary.models[0]).toMatchObject({ refused: 2 });
    expect(cases.filter(({ answers }) => answers[0]!.problem === "filtered" && answers[0]!.score === 0)).toHaveLength(
      2,
    );
    expect(summary.warnings[0]).toContain("the service refused 2 of the questions");
    const before = models.asked();
    await evaluate(options);
    expect(models.asked()).toBe(before);
  });

  it("asks a model that takes no temperature without one", async () => {
    const options = await models.options({ subjects: [models.good] });
    const refusal = { status: 400, code: "unsupported_value", message: "Unsupported value: 'temperature'" };
    models.rehearsal.proxy.disturb("POST", /\/chat\//, refusal, 4);
    const { summary } = await evaluate(options);
    expect(summary.models[0]).toMatchObject({ refused: 0, asked: 40 });
  });
});
