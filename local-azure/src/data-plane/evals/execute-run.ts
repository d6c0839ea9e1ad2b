import { randomBytes } from "node:crypto";
import type { GraderSpec } from "azure-openai-graders/grader";
import { MissingValue } from "azure-openai-graders/template";
import writeFileAtomic from "write-file-atomic";
import { AzureError } from "../../http/azure-error";
import { blobPath } from "../../storage/blobs";
import type { AccountRecord, EvalOutcome, EvalRecord, EvalRunRecord } from "../../world/state";
import type { World } from "../../world/world";
import { seconds } from "../api/unix-time";
import { runGrader } from "../graders/run-grader";
import { TimeSlice } from "../training/time-slice";
import { ask, type Asked } from "./ask";
import { itemsOf, RunProblem, type Item } from "./items";
import { thresholdOf } from "./read-eval";

/** What a row came to, as the API shows it. */
export interface OutputItem {
  id: string;
  status: "pass" | "fail" | "error";
  [member: string]: unknown;
}

/** Where the output items of a run are kept. */
export const itemsBlob = (runId: string): string => `${runId}.items.json`;

/** Asks and grades every row of a run, and writes down what came of it. */
export async function executeRun(
  world: World,
  account: AccountRecord,
  evaluation: EvalRecord,
  run: EvalRunRecord,
): Promise<void> {
  const slice = new TimeSlice();
  const outputs: OutputItem[] = [];
  const tally = new Tally(evaluation.criteria.length);
  try {
    for (const [index, item] of itemsOf(world, account, evaluation, run).entries()) {
      await slice.pause();
      if (run.canceledAt !== undefined) break;
      outputs.push(await outputOf(world, account, evaluation, run, item, index, tally));
    }
    run.outcome = tally.outcome();
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    run.problem = { code: error.code, message: error.message };
  }
  // Deleted meanwhile: nothing may be left of it.
  if (!evaluation.runs.includes(run)) return;
  await writeFileAtomic(blobPath(world, itemsBlob(run.id)), JSON.stringify(outputs), { mode: 0o600 });
  run.endedAt = world.clock.now();
  world.save();
}

async function outputOf(
  world: World,
  account: AccountRecord,
  evaluation: EvalRecord,
  run: EvalRunRecord,
  { item, answer }: Item,
  index: number,
  tally: Tally,
): Promise<OutputItem> {
  const head = {
    ...{ object: "eval.run.output_item", id: `outputitem_${randomBytes(16).toString("hex")}` },
    ...{ run_id: run.id, eval_id: evaluation.id, created_at: seconds(world.clock.now()) },
    ...{ datasource_item_id: index, datasource_item: item },
  };
  let asked: Asked | undefined;
  try {
    if (run.source.type === "completions") asked = await ask(world, account, run.source, item);
  } catch (error) {
    if (!(error instanceof AzureError || error instanceof MissingValue)) throw error;
    tally.errored += 1;
    const code = error instanceof AzureError ? error.code : "invalid_variable";
    return {
      ...head,
      status: "error",
      results: [],
      sample: sampleView(run, undefined, "", { code, message: error.message }),
    };
  }
  if (asked) tally.use(asked);
  const text = asked?.text ?? answer ?? "";
  const gradings = await Promise.all(evaluation.criteria.map((spec) => grade(spec, text, item)));
  const status = tally.count(gradings);
  const results = gradings.map(({ spec, score, passed }) => ({
    name: spec.name,
    type: spec.type,
    score,
    passed,
    sample: null,
  }));
  return { ...head, status, results, sample: sampleView(run, asked, text, null) };
}

interface Graded {
  spec: GraderSpec;
  score: number;
  passed: boolean;
  /** It was not run, or could not read the answer's row. */
  failed: boolean;
}

async function grade(spec: GraderSpec, text: string, item: Record<string, unknown>): Promise<Graded> {
  const { reward, errors, reason } = await runGrader(spec, text, item);
  const failed = reason !== undefined || errors.includes("invalid_variable_error");
  return { spec, score: reward, passed: !failed && reward >= thresholdOf(spec), failed };
}

class Tally {
  errored = 0;
  private passed = 0;
  private failed = 0;
  private readonly criteria: { passed: number; failed: number }[];
  private readonly usage = new Map<string, EvalOutcome["usage"][number]>();

  constructor(criteria: number) {
    this.criteria = Array.from({ length: criteria }, () => ({ passed: 0, failed: 0 }));
  }

  use({ model, tokens }: Asked): void {
    const used = this.usage.get(model) ?? { model, invocations: 0, prompt: 0, completion: 0 };
    used.invocations += 1;
    used.prompt += tokens.prompt;
    used.completion += tokens.completion;
    this.usage.set(model, used);
  }

  count(gradings: Graded[]): OutputItem["status"] {
    for (const [index, { passed }] of gradings.entries()) this.criteria[index]![passed ? "passed" : "failed"] += 1;
    const status = gradings.some(({ failed }) => failed)
      ? "error"
      : gradings.every(({ passed }) => passed)
        ? "pass"
        : "fail";
    if (status === "error") this.errored += 1;
    else if (status === "pass") this.passed += 1;
    else this.failed += 1;
    return status;
  }

  outcome(): EvalOutcome {
    const { passed, failed, errored, criteria } = this;
    return { passed, failed, errored, criteria, usage: [...this.usage.values()] };
  }
}

function sampleView(run: EvalRunRecord, asked: Asked | undefined, text: string, error: unknown) {
  const given = (run.source.sampling_params ?? {}) as Record<string, unknown>;
  const { prompt = 0, completion = 0 } = asked?.tokens ?? {};
  return {
    ...{ input: asked?.input ?? [], output: [{ role: "assistant", content: text }], error },
    ...{ finish_reason: asked?.finishReason ?? "", model: asked?.model ?? "" },
    usage: {
      ...{ total_tokens: prompt + completion, prompt_tokens: prompt, completion_tokens: completion, cached_tokens: 0 },
    },
    temperature: given.temperature ?? 1,
    max_completion_tokens: given.max_completion_tokens ?? 0,
    ...{ top_p: given.top_p ?? 1, seed: given.seed ?? 42 },
  };
}
