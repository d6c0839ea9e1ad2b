import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseSettings } from "../../../config";
import { costEstimateHandler } from "../../../dynamic-providers/cost-estimate/handler";
import type { CostEstimateInputs } from "../../../dynamic-providers/cost-estimate/schema";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type {
  FineTuningJobArgs,
  FineTuningJobInputs,
  FineTuningJobState,
} from "../../../dynamic-providers/fine-tuning-job/schema";
import { chatRows, rehearse, upload, type Rehearsal } from "../../support/rehearsal";
import { decidingRows, type DecidingRow } from "./deciding-rows";

// What a preview says is what `up` does, for every setting that decides the trained model. They share one way (the training key), which
// goes through the real CLI for hyperparameters.nEpochs and dataset.training (test/e2e/settings-recreate.test.ts); here each of them goes
// through the handlers, in the order in which the engine calls them, against the rehearsal service.
let rehearsal: Rehearsal;
let files: Record<"training" | "validation", { fileId: string; sha256: string }>;
beforeAll(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 1 } });
  files = {
    training: upload(rehearsal, "training.jsonl", chatRows(12)),
    validation: upload(rehearsal, "validation.jsonl", chatRows(11)),
  };
  // Each method takes rows of its own form; what is in them doesn't matter here.
  for (const file of rehearsal.account.dataPlane.files) file.rows = { chat: 12, preference: 12, prompt: 12 };
});
afterAll(() => rehearsal.close());

/** Before the last of these models was retired. */
const TODAY = new Date("2026-06-01");

const created = () => rehearsal.account.dataPlane.jobsEverCreated;

/** The job's arguments as the program makes them of the settings. */
function argsFor(raw: Record<string, string>): FineTuningJobArgs {
  const settings = parseSettings(raw, "test");
  const { model, method, hyperparameters, grader, responseFormat, seed, trainingType, job, dataset } = settings;
  return {
    ...{ accountId: rehearsal.accountId, location: rehearsal.location },
    ...{ model, method, hyperparameters, grader, responseFormat, seed, trainingType },
    extraBody: job.extraBody,
    ...{ trainingFileId: files.training.fileId, trainingSha256: files.training.sha256 },
    ...(dataset.validation && {
      validationFileId: files.validation.fileId,
      validationSha256: files.validation.sha256,
    }),
    ...{ project: "finetune", stack: "test", logicalName: "finetune-job" },
  };
}

/** What one run of the program does, as the engine asks it. */
async function run(raw: Record<string, string>, olds?: FineTuningJobState) {
  const process = rehearsal.newProcess();
  const handler = fineTuningJobHandler(process);
  rehearsal.lines.length = 0;
  const { model, method, trainingType, location, hyperparameters, ...args } = argsFor(raw);
  const priced = { model, method, trainingType, location, epochs: hyperparameters?.nEpochs ?? "auto" };
  await costEstimateHandler(() => TODAY, process.plan).check!(
    {} as CostEstimateInputs,
    {
      ...priced,
      job: "finetune-job",
      ...{ trainingTokens: 2_000_000, examples: 12, deploymentSku: "Standard", deploy: false },
    } as unknown as CostEstimateInputs,
  );
  const news = { ...args, model, method, trainingType, location, hyperparameters } as FineTuningJobInputs;
  const check = async (before: object) => {
    const { inputs, failures } = await handler.check(before as FineTuningJobInputs, news);
    expect(failures).toEqual([]);
    return inputs;
  };
  const diff = olds ? await handler.diff(olds.jobId, olds, await check(olds)) : undefined;
  const inputs = olds && diff!.replaces.length === 0 ? await check(olds) : await check({});
  const plan = rehearsal.lines.filter((line) => line.startsWith("[plan]"));
  return { handler, diff, inputs, plan };
}

/** `up`: what the plan announced, carried out. */
async function up(raw: Record<string, string>, olds?: FineTuningJobState): Promise<FineTuningJobState> {
  const { handler, inputs } = await run(raw, olds);
  const { outs } = await handler.create(inputs);
  if (olds) await handler.delete(olds.jobId, olds);
  rehearsal.service.advance(3_600_000);
  return outs;
}

describe.each(decidingRows)("$setting", ({ base, other, because }: DecidingRow) => {
  it.each([
    ["set", base, other, because],
    ["set back", other, base, because.replace(/(\S+) -> (\S+)/, "$2 -> $1")],
  ])("%s: says 1 paid job, for a price, and why; up pays for one", async (_way, from, to, why) => {
    const state = await up(from);
    const before = created();
    const { diff, plan } = await run(to, state);
    expect(diff).toEqual({ changes: true, replaces: ["trainingKey"] });
    expect(plan).toEqual([
      expect.stringMatching(
        /^\[plan\] Trains again: 1 job, (\$[\d.,]+( to \$[\d.,]+)?( \(1 to [\d.]+ hours\))?|price not in the catalog), because .+; (the model of ftjob-\w+|ftjob-\w+, which (produced no model|is not finished \(\w+\)),) will be (cancelled and )?deleted$/,
      ),
    ]);
    expect(plan[0]).toContain(why);
    const next = await up(to, state);
    expect(created() - before).toBe(1);
    const settled = await run(to, next);
    expect([settled.diff, settled.plan]).toEqual([{ changes: false, replaces: [] }, []]);
    await fineTuningJobHandler(rehearsal.newProcess()).delete(next.jobId, next);
  });
});
