import { type TrainingCost, findModel, priceTraining, readableCatalog, trainingTypeOf } from "../../catalog";
import type { TrainedModelInputs } from "./schema";
import type { Spending } from "./spending";

/** Whether the job stands still, or is about to. */
export function standsStill(status: string | undefined): boolean {
  return status === "paused" || status === "pausing";
}

/**
 * Whether a pause of this job ends without help: Azure preempts Developer jobs and continues them without help, and charges nothing until then
 * ("Paused Developer jobs resume automatically", fine-tuning cost page, 2026-10-05). That a preempted job reads `paused` is a guess, no
 * recording shows one. A pause that the stack asked for (`training.paused`) doesn't end without help.
 */
export function continuesWithoutHelp({ paused, run }: Pick<TrainedModelInputs, "paused" | "run">): boolean {
  return !paused && run !== undefined && trainingTypeOf(run.trainingType) === "Developer";
}

/** Why `up` ends at a paused job: who may have paused it, what resuming costs, and how to resume it. */
export function pausedSentence({ jobId, paused, run, location }: TrainedModelInputs): string {
  const costs = costOfResuming(run, location);
  if (paused)
    return `${jobId} is paused. Set \`training.paused\` to false, then run \`pulumi up\` again to resume it. ${costs}`;
  const others =
    "someone in the Foundry portal or in another client, by a run of this stack that was interrupted before it recorded the pause, or by Azure itself";
  const azure =
    run?.method === "reinforcement"
      ? `, which pauses a reinforcement job at its spending limit of $${limitUsd(run).toLocaleString("en-US")}`
      : "";
  return (
    `${jobId} is paused, and this stack has no record of pausing it: it may have been paused by ${others}${azure}. ` +
    `\`pulumi up\` does not resume it. ${costs} To resume it, set \`training.paused\` to true and run \`pulumi up\` (which stops here again), ` +
    "then set it to false and run `pulumi up`. Or resume it in the Foundry portal, then run `pulumi up`. " +
    "To abandon it, change the training or run `pulumi destroy`: either one cancels the job."
  );
}

function costOfResuming(run: TrainedModelInputs["run"], location: string): string {
  const cost = run && costOf(run, location);
  if (run?.method === "reinforcement") {
    const rate = cost?.usdPerHour === undefined ? "by the hour" : `$${cost.usdPerHour} an hour`;
    return `A resumed reinforcement job is billed ${rate} until it ends, plus the grader's tokens; after a pause at the spending limit Azure sets no further limit.`;
  }
  if (!cost?.usd) return "If you resume the job, the rest of the training is billed.";
  const [low, high] = [cost.usd.low, cost.usd.high].map(dollars);
  const whole = low === high ? low! : `${low} to ${high}`;
  return `If you resume the job, the rest of the training is billed; the whole job is estimated at ${whole}.`;
}

/** Rate and limit of a training that is billed by the hour; undefined for others. */
export function spendingOf({ run, location }: Pick<TrainedModelInputs, "run" | "location">): Spending | undefined {
  const usdPerHour = run && costOf(run, location)?.usdPerHour;
  return usdPerHour === undefined ? undefined : { usdPerHour, limitUsd: limitUsd(run!) };
}

/** `undefined` where the catalog doesn't know the model, or can't be read now: the sentence matters more than its figure. */
function costOf(run: NonNullable<TrainedModelInputs["run"]>, location: string): TrainingCost | undefined {
  const catalog = readableCatalog(run.catalogFile);
  const model = findModel(run.model, catalog);
  const trainingType = trainingTypeOf(run.trainingType);
  if (!model || !trainingType) return undefined;
  const { tokens, epochs, examples } = run;
  return priceTraining({ model, trainingType, location, tokens, epochs, examples }, catalog);
}

function limitUsd(run: NonNullable<TrainedModelInputs["run"]>): number {
  return readableCatalog(run.catalogFile).limits.reinforcementCapUsd;
}

function dollars(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
