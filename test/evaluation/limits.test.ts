import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { evaluate } from "../../evaluation/evaluate";
import { readGrader } from "../../evaluation/graders/read-grader";
import { type RehearsedModels, rehearseModels } from "./rehearsed-models";

// 3,000 tokens and 18 requests a minute: a deployment of Azure with little capacity.
let models: RehearsedModels;
beforeAll(async () => {
  models = await rehearseModels({ tokensPerMinutePerCapacity: 3_000 });
});
afterEach(() => {
  models.rehearsal.proxy.fault = () => undefined;
});
afterAll(() => models.rehearsal.close());

it("loses no case to a deployment that refuses most requests for its rate, and follows what it says", async () => {
  const { rehearsal, good, worse } = models;
  const options = await models.options({ subjects: [good, worse], concurrency: 32 });
  const before = { asked: models.asked(), at: rehearsal.clock.now() };
  const { summary, cases } = await evaluate(options);
  expect(cases.every(({ answers }) => answers.every(({ text }) => text !== ""))).toBe(true);
  expect(summary.models.map(({ asked }) => asked)).toEqual([40, 40]);
  const minutes = (rehearsal.clock.now() - before.at) / 60_000;
  // 18 a minute and deployment: the third minute's begin at the earliest.
  expect(minutes).toBeGreaterThanOrEqual(2);
  // The pauses of both move the one clock, three each.
  expect(minutes).toBeLessThan(8);
  // Refusals come in bursts of what is under way, not as fast as the network goes.
  expect(models.asked() - before.asked - 80).toBeLessThan(200);
});

it("gives up on a deployment that refuses everything for half an hour, and says so", async () => {
  const options = await models.options({ subjects: [models.good] });
  models.rehearsal.proxy.fault = ({ path }) =>
    /\/chat\//.test(path) ? { status: 429, headers: { "retry-after": "60" } } : undefined;
  await expect(evaluate(options)).rejects.toThrow(
    /^The deployment good has refused every request for 3\d min, because of its rate limit \(429\)\. .* Run again later/,
  );
});

it("stops before the spending limit is passed, and continues with a higher one", async () => {
  const { good } = models;
  const whole = (await evaluate(await models.options({ subjects: [good] }))).summary.spentUsd!;
  const options = await models.options({ subjects: [good], maxTokens: 100 });
  const before = models.asked();
  let spent = 0;
  const onProgress = ({ usd }: { usd?: number }) => (spent = usd!);
  await expect(evaluate({ ...options, onProgress, maxUsd: whole / 2 })).rejects.toThrow(/spending limit of \$/);
  expect(spent).toBeGreaterThan(whole / 4);
  expect(spent).toBeLessThanOrEqual(whole / 2);
  const first = spent;
  const { summary } = await evaluate({ ...options, onProgress, maxUsd: whole });
  expect(summary.models[0]!.usd).toBeCloseTo(whole, 12);
  // Nothing was paid for twice, nor asked for twice but what was refused for the rate.
  expect(first + summary.spentUsd!).toBeCloseTo(whole, 12);
  expect(summary.models[0]!.asked).toBeLessThan(40);
  expect(models.asked() - before).toBeGreaterThanOrEqual(40);
});

it("needs prices for a limit, and a deployment for each judge", async () => {
  const { rate: _, ...unpriced } = models.good;
  await expect(evaluate(await models.options({ subjects: [unpriced], maxUsd: 1 }))).rejects.toThrow(
    /^A spending limit needs a price for every model, but the catalog has no price for .* \(deployment good\)/,
  );
  const judged = readGrader({ type: "score_model", model: "gpt-4o", input: [{ role: "user", content: "Grade." }] });
  await expect(evaluate(await models.options({ grader: judged.grader }))).rejects.toThrow(
    "The grader calls gpt-4o, but no deployment is set for that model. Set one as the model's judge.",
  );
});

it("stops when it is told to, after what is under way", async () => {
  const stop = new AbortController();
  const options = await models.options({ subjects: [models.good], signal: stop.signal });
  const onProgress = ({ done }: { done: number }) => done === 5 && stop.abort();
  await expect(evaluate({ ...options, onProgress })).rejects.toThrow(/^The evaluation was interrupted\. The answers/);
  const { summary } = await evaluate({ ...options, signal: undefined });
  expect(summary.models[0]!.asked).toBeLessThanOrEqual(35);
});
