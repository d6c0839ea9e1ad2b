import type { TokenStatistics } from "../datasets/report";
import type { Histogram } from "../datasets/statistics";
import type { StepMetrics } from "../dynamic-providers/trained-model/schema";
import type { EvaluationSummary } from "../evaluation/result";
import type { LossGap } from "./loss-gap";

/** Everything that the training report shows: plain JSON, for the page, the terminal and other programs. */
export interface ReportData {
  /** When it was gathered, ISO 8601. */
  generatedAt: string;
  stack: string;
  account: { name: string; location: string };
  /** The account is not on Azure, but in a rehearsal service: nothing was trained there, and nothing is billed. */
  rehearsal?: true;
  /** Absent while the stack has submitted none. */
  job?: JobFacts;
  /** What another stack has trained and this one serves; then there is no job. */
  promoted?: PromotedFacts;
  /** How far the training is; absent when it has ended. */
  progress?: Progress;
  /** Newest first, capped. */
  events: JobEvent[];
  /** One row per step, as in results.csv; from the job's events while it trains. */
  steps: StepMetrics[];
  /** Where `steps` come from. */
  stepsFrom: "results.csv" | "events" | "nowhere";
  checkpoints: Checkpoint[];
  /** What the losses did; absent without steps. */
  losses?: Losses;
  /** What the rewards of a reinforcement job did; absent without any. */
  rewards?: Rewards;
  /** Newest evaluation of the job's model; absent when there is none on this machine. */
  evaluation?: EvaluationFacts;
  datasets: DatasetFacts[];
  cost: CostFacts;
  /** Proof of the model that `job` made. */
  probe?: ProbeFacts;
  /** What an earlier job made, while it is still there: nothing of it is among the parts above. */
  earlier?: EarlierFacts;
  lineage: Lineage;
  /** Newest first, capped: ended jobs of the account that are not this one. */
  otherJobs: OtherJob[];
}

export interface JobFacts {
  id: string;
  status: string;
  /** Whether the status is final. */
  ended: boolean;
  baseModel: string;
  fineTunedModel?: string;
  /** The settings (gate, checkpoint) refuse to deploy `fineTunedModel`. */
  refused?: true;
  /** Unix seconds. */
  createdAt: number;
  finishedAt?: number;
  error?: string;
}

/** A version of another stack's register. */
export interface PromotedFacts {
  /** As `promote.stack` names it. */
  stack: string;
  /** Its number there. */
  version: number;
  model: string;
  /** When and from what it was trained, a sentence without its full stop. */
  training: string;
  /** Command that prints the report of its training. */
  report: string;
}

/** A model of another job than the report's, with its own bill and proof. */
export interface EarlierFacts {
  model: string;
  /** Absent: it is not deployed. */
  deployment?: { name: string; sku: string; capacity?: number };
  /** The job that made it; absent when neither the state nor the service knows. */
  job?: { id: string; status?: string; baseModel?: string; createdAt?: number; finishedAt?: number };
  billed?: CostFacts["billed"];
  notBilled?: string;
  probe?: ProbeFacts;
}

export interface Progress {
  /** The last step of `steps`. */
  step?: number;
  totalSteps?: number;
  percent?: number;
  /** Training loss of the last step. */
  loss?: number;
  /** Reinforcement: mean reward of the last step's batch, and of the last evaluation over the validation file. */
  reward?: number;
  validationReward?: number;
  /** Of a training by the hour: about what it has cost so far, and its limit, in words. */
  spent?: string;
  /** Since the job was submitted. */
  elapsedMs: number;
  /** Until the last step, estimated from the pace of the steps so far; the safety evaluation comes after it. */
  remainingMs?: number;
  /** Every step is done, and the service evaluates the model before the job ends. */
  trained?: true;
}

export interface JobEvent {
  /** Unix seconds. */
  at: number;
  level: string;
  message: string;
}

export interface Checkpoint {
  name: string;
  step: number;
  metrics: StepMetrics;
  /** Whether it is deployed. */
  chosen: boolean;
}

export interface Losses {
  trainingLoss: { first: number; last: number } | null;
  validationLoss: { first: number; last: number; best: number; bestStep: number } | null;
  /** Sentence; absent when there is no sign of it. */
  overfitting?: string;
  /** Between training and validation loss; absent before the first validation over the whole file. */
  gap?: LossGap;
}

export interface Rewards {
  trainingReward?: { first: number; last: number };
  validationReward?: { first: number; last: number; best: number; bestStep: number };
  /** Sentence: the validation reward ended well below its best; absent when it did not. */
  fallen?: string;
}

/** Figures of an evaluation; no text of a case or an answer is among them. */
export interface EvaluationFacts {
  /** When the results were written, ISO 8601. */
  evaluatedAt: string;
  summary: EvaluationSummary;
}

export interface DatasetFacts {
  role: "training" | "validation";
  path: string;
  sha256: string;
  bytes: number;
  examples: number;
  tokens: { total: TokenStatistics; assistant: TokenStatistics };
  /** Why the tokens are estimates; absent where they are counted exactly. */
  tokensCaveat?: string;
  /** The job was not trained on it: it is of the next training. */
  next?: true;
  /** Absent when the file is not there any more as it was. */
  histograms?: Histograms;
  warnings: string[];
}

/** How many examples have so many tokens: of whole examples, and of their assistant messages. */
export interface Histograms {
  total: Histogram;
  assistant: Histogram;
}

/** What a job was billed for. */
export interface Bill {
  tokens: number;
  /** Of a training by the hour, which alone counts then; absent: tokens are billed, or the job doesn't tell its hours. */
  hours?: number;
  usd?: number;
}

export interface CostFacts {
  /** Before the training; absent without an estimate. */
  estimated?: {
    tokens: { low: number; high: number };
    usd: { low: number; high: number } | null;
    /** Hours behind `usd`, the rate and the spending limit, in words; absent where training is billed by tokens. */
    hours?: string;
    epochs: { low: number; high: number };
    priceDate: string;
    assumptions: string[];
    /** It is not of the job, but of the training that the settings ask for next. */
    next?: true;
  };
  /** After it: tokens as the job's event tells them, at the rate of the estimate. */
  billed?: Bill;
  /** What models used to grade, a sentence each; absent where none did, or no event tells it. */
  grading?: string[];
  /** Why there is no `billed`: `not yet`, or that no event tells it. */
  notBilled?: string;
  /** Of all deployments of the stack. */
  hostingUsdPerHour?: number;
  /** The base model's own deployment: its name, and its price in words. */
  baseModel?: { deployment: string; price: string };
}

export interface ProbeFacts {
  systemMessage: string;
  question: string;
  answer: string;
  answeredBy: string;
  latencyMs: number;
  promptTokens: number;
  completionTokens: number;
}

export interface OtherJob {
  id: string;
  status: string;
  baseModel: string;
  fineTunedModel?: string;
  createdAt: number;
  /** By the service's names, as the job ran with. */
  hyperparameters: Record<string, unknown>;
  /** By its event; without `usd` where the service doesn't tell the training type, or the catalog has no price. */
  billed?: { tokens: number; usd?: number };
  /** Empty when it has no readable result file. */
  steps: StepMetrics[];
}

/** Where a model comes from: enough to make it again, and to tell which one it is. Keys don't change without a new `version`. */
export interface Lineage extends ModelLineage {
  version: 1;
  /** Not Azure, but a rehearsal service. */
  rehearsal?: true;
  stack: string;
  account: { name: string; location: string };
  versions: Record<string, string>;
  /** A model of another job, while it is still there; `serving`: it is deployed. */
  earlier?: Omit<ModelLineage, "job"> & { job?: Partial<JobLineage> & { id: string }; serving: boolean };
}

/** One job and what it made: a job that has not ended well has no `model` and no `deployment` here. */
export interface ModelLineage {
  /** `tokensEstimated`: counts of its tokens are estimates. */
  base: { model: string; tokensEstimated?: true };
  method?: string;
  trainingType?: string;
  /** As asked in the stack's settings; `auto` or absent: the service's to choose. */
  hyperparametersAsked: Record<string, unknown>;
  /** What `job.extraBody` added to the request, by path; absent: nothing. */
  extraFields?: Record<string, unknown>;
  /** As the job ran with. */
  hyperparameters: Record<string, unknown>;
  seed?: number;
  /** What is no longer known of a file is absent. */
  datasets: { role: string; path?: string; sha256: string; examples?: number; tokens?: number; fileId?: string }[];
  job?: JobLineage;
  model?: { name: string; checkpoint: string | number };
  /** Of a model that another stack has trained: where it is from. `job` is absent then. */
  promotedFrom?: { stack: string; version: number; account: string; job: string; trainedAt?: string };
  /** Model of the job that the settings (gate, checkpoint) refuse to deploy. */
  candidate?: string;
  deployment?: { name: string; sku: string; capacity?: number };
  /** Its line in the stack's register; absent where it has none yet. `status` is `serving`, `kept` or another word of the register. */
  register?: { version: number; status: string; verdict?: RegisteredVerdict };
  /** Newest evaluation of the model on this machine, with all figures; the register's verdict is what decided. */
  evaluation?: EvaluationFacts;
  /** State of the code at the update that submitted the job, as Pulumi recorded it; absent when it has no record of that update. */
  code?: { commit: string; dirty: boolean; updatedAt: string };
}

/** What the stack's last `up` judged of a version; the same on every machine. */
export interface RegisteredVerdict {
  passed: boolean;
  /** The figures in one line. */
  summary: string;
  evaluatedAt?: string;
}

export interface JobLineage {
  id: string;
  status: string;
  createdAt: string;
  finishedAt?: string;
  /** The job's `trained_tokens`: bytes / 4 x epochs on Azure, not the bill. */
  trainedTokens?: number;
  /** The bill, by the job's event; absent where none tells it. */
  billedTokens?: number;
  /** Hash over what decides the trained model. */
  trainingKey: string;
  suffix: string;
  adopted: boolean;
}
