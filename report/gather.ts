import { tokenCountCaveat } from "../catalog";
import type { DataPlane } from "../azure-openai/data-plane";
import { AzureFailure } from "../azure-openai/failure";
import { jobNextStep } from "../azure-openai/next-steps";
import { isTerminal, type RemoteEvent, type RemoteJob } from "../azure-openai/remote-jobs";
import { checkpointsWithFigures } from "../dynamic-providers/trained-model/checkpoint-figures";
import { evaluate, fallenReward } from "../dynamic-providers/trained-model/evaluation";
import { metricsOf } from "../dynamic-providers/trained-model/results-table";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { StepMetrics } from "../dynamic-providers/trained-model/schema";
import { costFacts } from "./cost";
import { earlierFacts, seeEarlier } from "./earlier";
import { evaluationFacts } from "./evaluation/facts";
import { lineageCard } from "./lineage";
import { progressOf } from "./live-progress";
import { lossGap } from "./loss-gap";
import { otherJobs } from "./other-jobs";
import { overfitting } from "./overfitting";
import { probeFacts } from "./probe-facts";
import { promotedFacts } from "./promoted";
import type { Checkpoint, DatasetFacts, Histograms, Losses, ReportData, Rewards } from "./report-data";
import type { ReportSource } from "./report-source";
import type { StackFacts } from "./stack-facts";
import { isTrainedOn } from "./trained-on";

const EVENTS_SHOWN = 200;

/** The report of a stack as of now: its state, and what the service says of its job. @throws AzureFailure */
export async function gatherReport(source: ReportSource): Promise<ReportData> {
  const { stack, facts, updates, dataPlane, memory, rehearsal, now } = source;
  const jobs = (await dataPlane.jobs.list()).sort((a, b) => b.created_at - a.created_at);
  const job =
    facts.job && (jobs.find(({ id }) => id === facts.job!.jobId) ?? (await goneJob(dataPlane, facts.job.jobId)));
  const events = job ? await memory.eventsOf(dataPlane, job) : [];
  const results = job ? await memory.resultsOf(dataPlane, job) : [];
  const seenEarlier = await seeEarlier(source, jobs);
  const steps = results.length > 0 ? results : stepsOfEvents(events);
  const made = jobFacts(job, events, facts);
  const promoted = facts.promoted && promotedFacts(facts.promoted);
  const found = await source.results(made?.fineTunedModel ?? promoted?.model);
  const evaluation = found && evaluationFacts(found);
  return {
    generatedAt: new Date(now).toISOString(),
    stack,
    account: { name: facts.accountName, location: facts.location },
    ...(rehearsal && { rehearsal }),
    job: made,
    ...(promoted && { promoted }),
    progress: job && !isTerminal(job.status) ? progressOf({ job, events, steps, facts, now }) : undefined,
    events: events.slice(0, EVENTS_SHOWN).map(({ created_at: at, level, message }) => ({ at, level, message })),
    steps,
    stepsFrom: results.length > 0 ? "results.csv" : steps.length > 0 ? "events" : "nowhere",
    checkpoints: job ? await checkpointsOf(source, job, steps) : [],
    losses: steps.length === 0 ? undefined : lossesOf(steps),
    rewards: rewardsOf(steps),
    evaluation,
    datasets: await Promise.all(
      facts.datasets.map((data) => memory.histograms(data).then((found) => datasetFacts(data, found, facts))),
    ),
    cost: costFacts(facts, job, events, steps.at(-1)?.step),
    probe: facts.probe && probeFacts(facts.probe),
    ...(facts.earlier && { earlier: earlierFacts(facts.earlier, facts, seenEarlier) }),
    lineage: lineageCard({ stack, facts, updates, seen: { job, events }, seenEarlier, rehearsal, evaluation }),
    otherJobs: await otherJobs(source, jobs, job?.id),
  };
}

function lossesOf(steps: StepMetrics[]): Losses {
  const { trainingLoss, validationLoss } = evaluate(steps);
  const wholeFile = steps.some(({ fullValidLoss }) => fullValidLoss !== undefined);
  return {
    ...{ trainingLoss, validationLoss, gap: lossGap(steps) },
    overfitting: overfitting({ trainingLoss, validationLoss }, wholeFile),
  };
}

function rewardsOf(steps: StepMetrics[]): Rewards | undefined {
  const { trainingReward, validationReward } = evaluate(steps);
  if (!trainingReward && !validationReward) return undefined;
  return { trainingReward, validationReward, fallen: fallenReward(validationReward) };
}

/** A job that the list lacks may still answer by itself; a deleted record leaves what the state knows. */
async function goneJob(dataPlane: DataPlane, id: string): Promise<RemoteJob | undefined> {
  try {
    return await dataPlane.jobs.get(id);
  } catch (error) {
    if (error instanceof AzureFailure && error.notFound) return undefined;
    throw error;
  }
}

/** The job's own words, then what to do where that is known. */
function whyItFailed(job: RemoteJob, events: RemoteEvent[]): string | undefined {
  const told = job.error?.message;
  if (!told) return undefined;
  const step = jobNextStep(
    job.error,
    events.map(({ message }) => message),
  );
  return step ? `${told.trim().replace(/\.$/, "")}. ${step.advice}` : told;
}

function jobFacts(
  job: RemoteJob | undefined,
  events: RemoteEvent[],
  { job: submitted, model }: StackFacts,
): ReportData["job"] {
  if (!submitted) return undefined;
  const status = job?.status ?? submitted.status;
  const fineTunedModel = job?.fine_tuned_model ?? model?.candidate ?? model?.fineTunedModel ?? undefined;
  return {
    id: submitted.jobId,
    status,
    ended: isTerminal(status),
    baseModel: job?.model ?? submitted.model,
    fineTunedModel,
    ...(fineTunedModel !== undefined && model?.candidate === fineTunedModel && { refused: true as const }),
    createdAt: job?.created_at ?? submitted.createdAt,
    finishedAt: job?.finished_at ?? undefined,
    error: job && whyItFailed(job, events),
  };
}

/** The metrics that some events carry: the curve while there is no result file yet. */
function stepsOfEvents(events: RemoteEvent[]): StepMetrics[] {
  return events
    .filter(({ data }) => typeof data?.["step"] === "number")
    .map(({ data }) => metricsOf(data!, data!["step"] as number))
    .sort((a, b) => a.step - b.step);
}

async function checkpointsOf(
  { dataPlane, memory, facts }: ReportSource,
  job: RemoteJob,
  steps: StepMetrics[],
): Promise<Checkpoint[]> {
  // The model's own name, where the state doesn't tell what the deployment serves.
  const chosen = facts.deployment && (facts.deployment.model ?? facts.model?.fineTunedModel);
  const found = await memory.checkpointsOf(dataPlane, job);
  return checkpointsWithFigures(found, steps).map((checkpoint) => ({
    ...checkpoint,
    chosen: checkpoint.name === chosen,
  }));
}

function datasetFacts(data: DatasetState, histograms: Histograms | undefined, { job }: StackFacts): DatasetFacts {
  const { role, path, sha256, bytes, examples, tokens, warnings } = data;
  const next = job !== undefined && !isTrainedOn(job, data);
  const caveat = tokenCountCaveat(data.model);
  return {
    ...{ role, path, sha256, bytes, examples, tokens, histograms, warnings },
    ...(caveat !== undefined && { tokensCaveat: caveat }),
    ...(next && { next }),
  };
}
