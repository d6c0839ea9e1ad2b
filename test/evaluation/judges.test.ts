import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { evaluate } from "../../evaluation/evaluate";
import { readGrader } from "../../evaluation/graders/read-grader";
import { lessons, type RehearsedModels, rehearseModels } from "./rehearsed-models";

let models: RehearsedModels;
beforeAll(async () => {
  models = await rehearseModels();
});
afterEach(() => {
  models.rehearsal.proxy.fault = () => undefined;
});
afterAll(() => models.rehearsal.close());

const turn = { role: "user", content: "Grade {{sample.output_text}} against {{item.reference}}." };
const scored = { type: "score_model", name: "judge", model: "gpt-4o", input: [turn], range: [0, 10] };

it("asks a deployment for verdicts in their form, keeps them, and asks for none twice", async () => {
  const { good, base } = models;
  const label = { ...scored, type: "label_model", labels: ["good", "bad"], passing_labels: ["good"] };
  for (const spec of [scored, label]) {
    const options = await models.options({
      subjects: [good],
      grader: readGrader(spec).grader,
      judges: { "gpt-4o": base },
    });
    const before = models.asked();
    const { summary, cases } = await evaluate(options);
    expect(models.asked()).toBe(before + 80);
    // The rehearsal's judge answers any JSON of the schema, which is a verdict.
    expect(summary.models[0]!.ungraded).toBe(0);
    await evaluate(options);
    expect(models.asked()).toBe(before + 80);
    expect(cases).toHaveLength(40);
  }
});

it("takes the least where a verdict is refused", async () => {
  const { good, base, rehearsal } = models;
  const options = await models.options({
    ...{ subjects: [good], cases: lessons(4), grader: readGrader({ ...scored, range: [1, 5] }).grader },
    judges: { "gpt-4o": base },
  });
  let verdicts = 0;
  rehearsal.proxy.fault = ({ path }) =>
    /\/chat\//.test(path) && ++verdicts > 4 ? { status: 400, code: "content_filter", message: "filtered" } : undefined;
  const { summary } = await evaluate(options);
  expect(summary.models[0]).toMatchObject({ ungraded: 4, score: { mean: 1 } });
});
