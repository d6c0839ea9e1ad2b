import path from "node:path";
import { mkdtempSync, writeFileSync } from "node:fs";
import { evaluationHandler } from "../../../dynamic-providers/evaluation/handler";
import type { EvaluationInputs, EvaluationState } from "../../../dynamic-providers/evaluation/schema";
import type { Context } from "../../../dynamic-providers/runtime/context";
import { lessons } from "../../evaluation/rehearsed-models";
import { deploy, type Rehearsal, rehearse, submitJob, upload } from "../../support/rehearsal";
import type { TestOptions } from "local-azure/testing";

export const BASE = "gpt-4o-mini-2024-07-18";
export const worseAnswer = "cannot be explained at all, so ask somebody else instead";

/** A rehearsal with two tuned models, of which the worse one serves as `tutor-0a1b2c`, and cases in a file. */
export interface Evaluated {
  rehearsal: Rehearsal;
  good: string;
  worse: string;
  inputs: EvaluationInputs;
  /** What a preview or an `up` makes of the inputs, in a process of its own. */
  start(more?: Partial<EvaluationInputs>): ReturnType<typeof evaluationHandler>;
  /** Creates with checked inputs. */
  create(more?: Partial<EvaluationInputs>, context?: Context): Promise<EvaluationState>;
  update(olds: EvaluationState, more?: Partial<EvaluationInputs>): Promise<EvaluationState>;
  /** Chat requests that the service has got, and names of the deployments that are there. */
  asked(): number;
  deployments(): string[];
}

export async function rehearseEvaluation(settings: TestOptions["settings"] = {}): Promise<Evaluated> {
  const rehearsal = await rehearse({ settings });
  // The answers are kept in the working folder of the rehearsal.
  process.chdir(mkdtempSync(path.join(rehearsal.folder, "work-")));
  const { service, accountId, location, proxy } = rehearsal;
  const { jobs } = await (await rehearsal.newProcess().azure()).dataPlane(accountId);
  const train = async (name: string, rows: string): Promise<string> => {
    const job = await submitJob(rehearsal, upload(rehearsal, `${name}.jsonl`, rows).fileId);
    service.advance(1_800_000);
    return (await jobs.get(job)).fine_tuned_model!;
  };
  const good = await train("good", lessons(40));
  const worse = await train("worse", lessons(40, worseAnswer));
  deploy(rehearsal, "tutor-0a1b2c", worse);
  service.advance(600_000);
  const cases = path.join(rehearsal.folder, "cases.jsonl");
  writeFileSync(cases, lessons(24));
  const inputs: EvaluationInputs = {
    ...{ accountId, location, project: "p", stack: "s", job: "tutor-job", baseModel: BASE, trainingKey: "k1" },
    ...{ candidate: good, cases, against: ["serving"], rule: { minGain: 0.05 }, waitMinutes: 30 },
    deployment: { name: "tutor", sku: "Standard" },
  };
  const checked = async (
    handler: ReturnType<typeof evaluationHandler>,
    news: EvaluationInputs,
    olds?: EvaluationInputs,
  ) => {
    const result = await handler.check(olds, news);
    if (result.failures.length > 0) throw new Error(result.failures.map(({ reason }) => reason).join("\n"));
    return result.inputs;
  };
  return {
    ...{ rehearsal, good, worse, inputs },
    start: () => evaluationHandler(rehearsal.newProcess()),
    create: async (more = {}, context = rehearsal.newProcess()) => {
      const handler = evaluationHandler(context);
      return (await handler.create(await checked(handler, { ...inputs, ...more }))).outs;
    },
    update: async (olds, more = {}) => {
      const handler = evaluationHandler(rehearsal.newProcess());
      const news = await checked(handler, { ...inputs, ...more }, olds);
      await handler.diff("evaluation", olds, news);
      return (await handler.update("evaluation", olds, news)).outs;
    },
    asked: () => proxy.count("POST", /\/chat\/completions$/),
    deployments: () => rehearsal.account.deployments.map(({ name }) => name),
  };
}
