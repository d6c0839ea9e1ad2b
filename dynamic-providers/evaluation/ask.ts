import path from "node:path";
import type { Azure } from "../../azure-openai/azure";
import { ticks } from "../../azure-openai/clock";
import { duration } from "../../format/duration";
import { count } from "../../format/count";
import { usd } from "../../format/money";
import { score } from "../../format/score";
import type { Catalog } from "../../catalog";
import { evaluate } from "../../evaluation/evaluate";
import type { Evaluation } from "../../evaluation/result";
import { evaluationsFolder } from "../../evaluation/results/results-file";
import { deployedSubject } from "../../evaluation/running/deployed-subject";
import { LockTaken } from "../../evaluation/running/lock";
import type { RunProgress } from "../../evaluation/running/run-progress";
import type { Subject } from "../../evaluation/running/subject";
import type { Context } from "../runtime/context";
import type { Say } from "../runtime/say";
import type { Place } from "./deployments-there";
import type { Test } from "./read-test";
import type { ModelResult } from "./schema";
import { scoresText } from "./verdict";

/** Requests at a time: of a deployment that nobody else uses, and of one that serves somebody, who must not notice. */
const ALONE = 64;
const BESIDE_OTHERS = 2;
const LOCK_LOOK_MS = 2_000;
/** Between two lines of progress, and looks whether anybody waits for the evaluation. */
const TOLD_MS = 2_000;

/** What asking needs beside the model. */
export interface Asking {
  context: Context;
  catalog: Catalog;
  location: string;
  test: Test;
  judges: Record<string, Subject>;
  maxTokens?: number;
  say: Say;
}

/** Who is asked. */
export interface Asked {
  name: string;
  place: Place;
  /** Whether nobody else uses the deployment. */
  alone: boolean;
  /** USD that may be spent. Default: no limit. */
  maxUsd?: number;
}

/** What a model scored, and what that cost. */
export interface Answered {
  result: ModelResult;
  spentUsd: number;
  /** With all texts. */
  evaluation: Evaluation;
}

/** Asks one deployed model every case, and grades the answers; those that an earlier run has kept are not asked for again. */
export async function ask(asking: Asking, asked: Asked): Promise<Answered> {
  return askSubject(asking, asked, await subjectAt(asking, asked.place, asked.name));
}

/** The same without a deployment: undefined where an answer is not kept. */
export async function askNobody(asking: Asking, asked: Asked): Promise<Answered | undefined> {
  const subject = await subjectAt(asking, asked.place, asked.name);
  const chat = { complete: () => Promise.reject(new NotKept()) };
  return askSubject(asking, asked, { ...subject, chat }).catch((error: unknown) => {
    if (error instanceof NotKept) return undefined;
    throw error;
  });
}

/** An answer that an earlier run has not kept. */
class NotKept extends Error {}

async function askSubject(asking: Asking, { name, alone, maxUsd }: Asked, subject: Subject): Promise<Answered> {
  const { context, test, judges, maxTokens, say } = asking;
  const azure = await context.azure();
  const began = ticks(context.clock);
  let toldAt = -Infinity;
  const onProgress = (progress: RunProgress) => {
    if (ticks(context.clock) - toldAt < TOLD_MS) return;
    toldAt = ticks(context.clock);
    say.status(progressLine(name, progress));
    void context.stopIfOrphaned();
  };
  const evaluation = await whenFree(context, say, () =>
    evaluate({
      ...{ cases: test.cases, grader: test.grader, subjects: [subject], judges, maxTokens, maxUsd, onProgress },
      ...{
        rehearsal: azure.rehearsal,
        clock: context.clock,
        folder: answersFolder(azure),
        concurrency: alone ? ALONE : BESIDE_OTHERS,
      },
    }),
  );
  const result = resultOf(evaluation, test.test, subject.model);
  const { asked: now, score: mean } = evaluation.summary.models[0]!;
  const took = duration(ticks(context.clock) - began);
  say(`${name}: ${score(mean.mean)} on ${count(test.caseCount)} cases, ${count(now)} of them newly asked, in ${took}`);
  return { result, spentUsd: evaluation.summary.spentUsd ?? 0, evaluation };
}

/** A deployment as an evaluation asks it. @param name - for sentences */
export async function subjectAt(
  { context, catalog, location }: Pick<Asking, "context" | "catalog" | "location">,
  { accountId, deployment }: Place,
  name = deployment.name!,
): Promise<Subject> {
  const chat = (await (await context.azure()).dataPlane(accountId)).chatWith(deployment.properties?.model?.format);
  return { name, deploymentName: deployment.name!, chat, ...deployedSubject(deployment, location, catalog) };
}

/** Where answers and results are kept. */
export function answersFolder({ rehearsal }: Pick<Azure, "rehearsal">): string {
  return evaluationsFolder(rehearsal ? path.resolve(".local") : undefined);
}

/** Another process, or another model of this program, may be asking the same model: its answers then need not be paid again. */
async function whenFree<T>(context: Context, say: Say, run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof LockTaken)) throw error;
      say.status(`waiting · ${error.message}`);
      await context.stopIfOrphaned();
      await context.clock.sleep(LOCK_LOOK_MS);
    }
  }
}

function resultOf({ summary, cases }: Evaluation, test: string, model: string): ModelResult {
  const { refused, unfinished, ungraded, usd: cost } = summary.models[0]!;
  const scores = scoresText(cases.map(({ answers }) => answers[0]!.score));
  return { test, model, scores, refused, unfinished, ungraded, ...(cost === undefined ? {} : { usd: cost }) };
}

/** `42% · 3 min left · serving: 20 of 48 answers · $0.01` */
function progressLine(name: string, { done, total, leftMs, usd: spent }: RunProgress): string {
  const left = leftMs === undefined || done === total ? [] : [`${duration(leftMs)} left`];
  const cost = spent === undefined ? [] : [usd(spent)];
  const share = `${Math.floor((100 * done) / total)}%`;
  return [share, ...left, `${name}: ${count(done)} of ${count(total)} answers`, ...cost].join(" · ");
}
