import { isDeepStrictEqual } from "node:util";
import { AccountMoves } from "./account-moves";
import { RunObjections } from "./run-objections";
import { usdRange } from "../../format/money";

/** Range of a training's cost in USD, with its hours where these are billed; `null` where the catalog has no price. */
export type TrainingCost = { low: number; high: number; hours?: { low: number; high: number } } | null;

/** What a run does about one fine-tuning job. */
export type JobPlan =
  /** `unread`: why it is not known whether the account has the job already, in which case nothing is submitted. */
  | { does: "train"; unread?: string }
  /** `because`: one phrase per cause. `oldModel`: what becomes of the model that is there; absent where the register of versions says it. */
  | { does: "train again"; because: string[]; oldModel?: string; unread?: string }
  /** An earlier run submitted the job. `status`: of the job. */
  | { does: "continue"; jobId: string; status: string; oldModel?: string }
  | { does: "take over"; jobId: string }
  /** The job and its model were deleted elsewhere, and nothing is trained for that alone. */
  | { does: "miss"; jobId: string }
  | { does: "keep"; jobId: string };

/** A dataset as a run finds it. */
interface DatasetChange {
  path: string;
  /** Number of examples in the state; absent for a new one. */
  before?: number;
  examples: number;
}

type Said = Exclude<JobPlan, { does: "keep" }>;

const IN_ANOTHER_ACCOUNT: Said = {
  does: "train again",
  because: ["the account changes, and models cannot be moved to another account"],
  oldModel: "the old account will be deleted with its models, jobs and files",
};

/**
 * What a run of the program does about training, gathered from the checks and diffs of its resources and said in one line as soon as it
 * is known: at a preview before anything else happens, at an `up` before the paid request. A plan of some hundred lines answers what
 * changes; this line answers whether it trains, for how much, and why.
 */
export class RunPlan {
  private readonly costs = new Map<string, TrainingCost>();
  private readonly waiting = new Map<string, { costKey: string; plan: Said; name?: string }>();
  private readonly said = new Set<string>();
  /** Jobs that stay as they are, by id with their names, until their model's resource has said what that means. */
  private readonly kept = new Map<string, string | undefined>();
  private readonly there = new Set<string>();
  /** By hash: several models may be trained on the same rows, and one of them as before. */
  private readonly datasets = new Map<string, DatasetChange[]>();

  /** What speaks against training or hosting. */
  readonly objections = new RunObjections();

  readonly accounts = new AccountMoves();

  /** Deployments that are asked anew in this run, or are to be, by name. */
  readonly askedAnew = new Set<string>();

  constructor(private readonly print: (line: string) => void) {}

  /** A dataset as its check found it. @param before - its number of examples in the state; absent for a new one */
  dataset(sha256: string, data: DatasetChange): void {
    this.datasets.set(sha256, [...(this.datasets.get(sha256) ?? []), data]);
  }

  /** The phrase for a file that changed, e.g. `data/training_set.jsonl changed (68 -> 70 examples)`. */
  dataChange(sha256: string | undefined, role: string): string {
    const found = (sha256 === undefined ? undefined : this.datasets.get(sha256)) ?? [];
    const [first, ...others] = found;
    if (!first) return `the ${role} data changed`;
    // Whose of them it is, the hash doesn't say.
    if (others.some((other) => !isDeepStrictEqual(other, first)))
      return `the ${role} data changed (${first.examples} examples)`;
    const { path, before, examples } = first;
    if (before === undefined) return `${path} changed (${examples} examples)`;
    const count = before === examples ? `${examples} examples, as many as before` : `${before} -> ${examples} examples`;
    return `${path} changed (${count})`;
  }

  /** @param costKey - as `costKey` makes it, so that the job finds its price */
  cost(costKey: string, cost: TrainingCost): void {
    this.costs.set(costKey, cost);
    for (const [marker, { costKey: wanted, plan, name }] of this.waiting)
      if (wanted === costKey) this.say(marker, wanted, plan, name);
  }

  /**
   * @param marker - of the job: each one is said once, and a replacement's second check, which knows no old job, adds nothing
   * @param name - of the model, where the program may have several
   * @param moved - whether the job was in another account before
   * @returns what speaks against it, where it is paid for
   */
  job(marker: string, costKey: string, plan: JobPlan, name?: string, moved = false): string[] {
    if (this.said.has(marker)) return [];
    if (plan.does === "keep") {
      this.kept.set(plan.jobId, name);
      return [];
    }
    const said: Said = plan.does === "train" && moved ? IN_ANOTHER_ACCOUNT : plan;
    // The first look knows what was there; the newest knows the region that the price is of.
    const first = this.waiting.get(marker)?.plan ?? said;
    const paid = first.does === "train" || first.does === "train again";
    if (paid && !this.costs.has(costKey)) this.waiting.set(marker, { costKey, plan: first, name });
    else this.say(marker, costKey, first, name);
    return paid ? this.objections.trains(costKey) : [];
  }

  /** A job that was there before this run, and whose id is known at preview: so is its model, if it has one. */
  jobThere(jobId: string): void {
    this.there.add(jobId);
  }

  isThere(jobId: string): boolean {
    return this.there.has(jobId);
  }

  /**
   * What follows for the model of a job that stays. Does nothing for a job that this run has submitted itself.
   *
   * @param waits - what `up` does about a job that had not ended when it was last seen; absent: its model is there, and stays
   */
  model(jobId: string, waits?: string): void {
    if (!this.kept.has(jobId)) return;
    const name = this.kept.get(jobId);
    this.kept.delete(jobId);
    this.print(
      `[plan] ${prefix(name)}Trains nothing${waits === undefined ? `: the model of ${jobId} is already trained` : ` new: ${waits}`}`,
    );
  }

  private say(marker: string, costKey: string, plan: Said, name?: string): void {
    this.waiting.delete(marker);
    this.said.add(marker);
    this.print(`[plan] ${prefix(name)}${sentence(plan, this.costs.get(costKey))}`);
  }
}

function prefix(name: string | undefined): string {
  return name === undefined ? "" : `${name}: `;
}

/** Inputs that a job and its estimate have in common. @param job - name of the job's resource: another model may be like this one otherwise */
export function costKey(
  { model, trainingType = "", location }: { model: string; trainingType?: string; location: string },
  job: string,
): string {
  return [job, model, trainingType, location].join("|").toLowerCase();
}

function sentence(plan: Said, cost: TrainingCost | undefined): string {
  switch (plan.does) {
    case "train":
      return `Trains: 1 job, ${price(cost)}, since this stack has no trained model${unless(plan.unread)}`;
    case "train again":
      return `Trains again: 1 job, ${price(cost)}, because ${plan.because.join("; ")}${plan.oldModel === undefined ? "" : `; ${plan.oldModel}`}${unless(plan.unread)}`;
    case "continue":
      return `Trains nothing new: adopts ${plan.jobId} (${plan.status}), which an earlier run of this stack submitted${plan.oldModel ? `; ${plan.oldModel}` : ""}`;
    case "take over":
      return `Trains nothing: adopts ${plan.jobId} (existingJobId)`;
    case "miss":
      return `Trains nothing: ${plan.jobId} and its model were deleted outside this stack; up trains again once training.retry is increased`;
  }
}

/** A job that an interrupted run submitted is taken over and not paid again; whether there is one could not be seen. */
function unless(unread: string | undefined): string {
  return unread === undefined
    ? ""
    : `. If an interrupted run has already submitted this job, up adopts it at no charge; whether one has could not be checked: ${unread}`;
}

function price(cost: TrainingCost | undefined): string {
  if (!cost) return "price not in the catalog";
  const { hours } = cost;
  return `${usdRange(cost)}${hours ? ` (${hours.low} to ${hours.high} hours)` : ""}`;
}
