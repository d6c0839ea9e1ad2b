import { expect, it } from "@jest/globals";
import { BILL_UNKNOWN } from "../../azure-openai/billed-tokens";
import type { RemoteEvent, RemoteJob } from "../../azure-openai/remote-jobs";
import { costFacts } from "../../report/cost";
import { lineageOf } from "../../report/lineage";
import type { StackFacts } from "../../report/stack-facts";

const facts = (more: Partial<StackFacts> = {}): StackFacts =>
  ({
    accountName: "a",
    location: "northcentralus",
    datasets: [],
    versions: [],
    job: { jobId: "ftjob-1", createdAt: 0, status: "pending", model: "gpt-4o-mini" },
    estimate: {
      ...{ model: "gpt-4o-mini", trainingType: "Standard", location: "northcentralus", deploy: true },
      estimate: {
        ...{ epochs: { low: 10, high: 10 }, trainingTokens: { low: 4980, high: 4980 } },
        ...{ trainingUsd: null, priceDate: "2026-11-01", assumptions: [], hostingUsdPerHour: 1.7 },
      },
    },
    ...more,
  }) as unknown as StackFacts;
const job = (status: string): RemoteJob => ({
  ...{ id: "ftjob-1", model: "gpt-4o-mini", status, created_at: 1, finished_at: 2 },
  // As on Azure: more than is billed.
  trained_tokens: 6720,
});
const bill = (tokens: number): RemoteEvent => ({
  ...{ id: "e", created_at: 1, level: "info", message: `Training tokens billed: ${tokens}` },
});
const model = { jobId: "ftjob-1", trainedTokens: 6720 };

it.each<[string, Partial<StackFacts>, string, RemoteEvent[], number | undefined, string | undefined]>([
  ["the job's event", {}, "succeeded", [bill(5000)], 5000, undefined],
  [
    "the event before the state",
    { model: { ...model, billedTokens: 1000 } as never },
    "succeeded",
    [bill(5000)],
    5000,
    undefined,
  ],
  ["the state without events", { model: { ...model, billedTokens: 5000 } as never }, "succeeded", [], 5000, undefined],
  ["an older state", { model: model as never }, "succeeded", [], undefined, BILL_UNKNOWN],
  [
    "the model of an earlier job",
    { model: { ...model, jobId: "ftjob-0", billedTokens: 1000 } as never },
    "running",
    [],
    undefined,
    "not yet",
  ],
  ["a job that failed and cost nothing", {}, "failed", [bill(0)], 0, undefined],
])("bill by %s, never by trained_tokens", (_, more, status, events, tokens, why) => {
  const cost = costFacts(facts(more), job(status), events);
  expect([cost.billed?.tokens, cost.notBilled]).toEqual([tokens, why]);
  expect(lineageOf("s", facts(more), job(status), events, []).job!.billedTokens).toBe(tokens);
});

it("prices the bill at the rate of the estimate", () => {
  const usd = (tokens: number) => costFacts(facts(), job("succeeded"), [bill(tokens)]).billed!.usd!;
  expect(usd(5_000_000) / usd(5000)).toBeCloseTo(1000);
  expect(usd(0)).toBe(0);
});

it("the lineage has the verdict that is in the register, on every machine", () => {
  const evaluation = {
    passed: false,
    reasons: ["r"],
    summary: "0.41 on 48 cases",
    key: "k",
    evaluatedAt: 1_795_000_000,
  };
  const versions = [{ version: 3, jobId: "ftjob-1", status: "rejected", evaluation }];
  const submitted = { ...facts().job, jobId: "ftjob-1" };
  const known = facts({ job: submitted as never, versions: versions as never });
  expect(lineageOf("s", known, job("succeeded"), [], []).register).toEqual({
    ...{ version: 3, status: "rejected" },
    verdict: { passed: false, summary: "0.41 on 48 cases", evaluatedAt: "2026-11-18T11:06:40.000Z" },
  });
  const unjudged = facts({ job: submitted as never, versions: [{ ...versions[0], evaluation: undefined }] as never });
  expect(lineageOf("s", unjudged, job("succeeded"), [], []).register).toEqual({ version: 3, status: "rejected" });
});

it("the lineage has what job.extraBody added, by path", () => {
  const submitted = {
    ...facts().job,
    extraBody: { service_tier: "flex", method: { dpo: { hyperparameters: { rank: 8 } } } },
  };
  const lineage = lineageOf("s", facts({ job: submitted as never }), job("running"), [], []);
  expect(lineage.extraFields).toEqual({ service_tier: "flex", "method.dpo.hyperparameters.rank": 8 });
  expect(lineageOf("s", facts(), job("running"), [], [])).not.toHaveProperty("extraFields");
});
