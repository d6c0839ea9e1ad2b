import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import type { CostFacts, ReportData } from "../report-data";

/** One line of the comparison: a job's settings and what came of them. */
export interface JobRow {
  id: string;
  /** The report's own job. */
  own: boolean;
  status: string;
  baseModel: string;
  /** Unix seconds. */
  createdAt: number;
  /** By the service's names; -1 and `auto`: not chosen yet. */
  hyperparameters: Record<string, unknown>;
  steps: number;
  /** Mean of the last epoch; the last step's where the number of epochs is not known. */
  trainingLoss?: number;
  /** The last and the lowest over the whole validation file: those of single batches can't be compared. */
  validationLoss?: number;
  bestValidationLoss?: number;
  validationAccuracy?: number;
  /** Reinforcement: mean of the last epoch's batches; the last and the highest over the validation file. */
  trainingReward?: number;
  validationReward?: number;
  bestValidationReward?: number;
  billed?: CostFacts["billed"];
  /** Whether there are curves to draw. */
  drawable: boolean;
}

/** The report's job first, then the others, newest first. */
export function jobRows({ job, lineage, steps, cost, otherJobs }: ReportData): JobRow[] {
  const own = job && { ...job, hyperparameters: lineage.hyperparameters, steps, billed: cost.billed };
  return [...(own ? [rowOf(own, true)] : []), ...otherJobs.map((other) => rowOf(other, false))];
}

type Job = Pick<JobRow, "id" | "status" | "baseModel" | "createdAt" | "hyperparameters" | "billed"> & {
  steps: StepMetrics[];
};

function rowOf({ id, status, baseModel, createdAt, hyperparameters, billed, steps }: Job, own: boolean): JobRow {
  const known = (of: (row: StepMetrics) => number | undefined) => steps.flatMap((row) => of(row) ?? []);
  const validation = known(({ fullValidLoss }) => fullValidLoss);
  const rewards = known(({ fullValidReward }) => fullValidReward);
  return {
    ...{ id, own, status, baseModel, createdAt, hyperparameters, billed },
    steps: steps.at(-1)?.step ?? 0,
    trainingLoss: lastEpoch(
      known(({ trainLoss }) => trainLoss),
      hyperparameters["n_epochs"],
    ),
    trainingReward: lastEpoch(
      known(({ trainReward }) => trainReward),
      hyperparameters["n_epochs"],
    ),
    validationReward: rewards.at(-1),
    bestValidationReward: rewards.length > 0 ? Math.max(...rewards) : undefined,
    validationLoss: validation.at(-1),
    bestValidationLoss: validation.length > 0 ? Math.min(...validation) : undefined,
    validationAccuracy: known(({ fullValidTokenAccuracy }) => fullValidTokenAccuracy).at(-1),
    drawable: !own && steps.length > 0,
  };
}

/** A batch's figure depends on which rows it has; a whole epoch's mean is over every row. */
function lastEpoch(figures: number[], epochs: unknown): number | undefined {
  const size = typeof epochs === "number" && epochs >= 1 ? Math.ceil(figures.length / epochs) : 1;
  const last = figures.slice(-size);
  return last.length === 0 ? undefined : last.reduce((sum, figure) => sum + figure, 0) / last.length;
}

/** Names of the hyperparameters that some job has: the common ones first. */
export function hyperparameterNames(rows: JobRow[]): string[] {
  const common = ["n_epochs", "batch_size", "learning_rate_multiplier"];
  const found = [...new Set(rows.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  const used = found.filter((name) =>
    rows.some(({ hyperparameters: { [name]: value } }) => value !== null && value !== undefined),
  );
  return [...common.filter((name) => used.includes(name)), ...used.filter((name) => !common.includes(name)).sort()];
}
