import type { GraderSpec } from "../../graders/grader";
import type { Rule } from "../../evaluation/statistics/rule";
import type { EvaluationVerdict } from "../runtime/verdicts";

export interface EvaluationArgs {
  accountId: string;
  location: string;
  /**
   * Whose evaluation it is: with them the names of its temporary deployments are made. `job`: logical name of the job's
   * resource.
   */
  project: string;
  stack: string;
  job: string;
  /** Model that was tuned; prices and limits are its. */
  baseModel: string;
  /** Hash over what decides the candidate: tells at preview a model that stays from one that is still to be trained. */
  trainingKey: string;
  /** Model in question, as a deployment takes it. */
  candidate: string;
  /** ARM ID of the account on which it was tuned. Default: the one that evaluates it. */
  sourceAccount?: string;
  /** The account's id made of the names, known before the account exists: whether there is room is asked by it then. Default: that is not asked. */
  accountPath?: string;
  /**
   * Checkpoints that may be deployed instead, the candidate among them or not: the one that scores best is chosen.
   * Default none.
   */
  checkpoints?: string[];
  /** JSONL file of the cases, relative to the working folder or absolute. */
  cases: string;
  /** Training file, in which no case may be. */
  trainingFile?: string;
  /** As the service takes it. Default: the answer's similarity with the reference (fuzzy_match). */
  grader?: GraderSpec;
  /**
   * Deployments that grade, by the name that the grader gives for the model: a name in the account, or an ARM ID.
   * Default: a deployment of that name or model.
   */
  judges?: Record<string, string>;
  /** Whom it is compared with: `base`, `serving`, a deployment's name in the account, or its ARM ID. */
  against: string[];
  rule: Rule;
  /** USD that an evaluation may cost. Default: no limit. */
  maxUsd?: number;
  /** Most tokens of an answer. Default 1,024. */
  maxTokens?: number;
  /** Thousands of tokens per minute of the temporary deployments. Default 1, or the least that the type takes. */
  capacity?: number;
  /** Minutes within which a temporary deployment must answer. */
  waitMinutes: number;
  /** The deployment that the model gets if it passes. `name`: in blueGreen the start of it. */
  deployment: { name: string; sku: string; raiPolicyName?: string };
  /** A JSON file whose entries override the shipped catalog. */
  catalogFile?: string;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
}

/** What is known of the run at preview. */
export interface EvaluationFacts {
  /** SHA-256 hex over what is asked and what graders read, whatever the file's line ends. */
  casesSha256: string;
  /** Number of cases. */
  caseCount: number;
  /** For people, e.g. `text_similarity fuzzy_match`. */
  graderTitle: string;
  /** SHA-256 hex over cases, graders, judges and the length of answers: scores with the same one can be compared. */
  test: string;
}

export interface EvaluationInputs extends EvaluationArgs, Partial<EvaluationFacts> {
  /** Names that `deployment` had before, the newest first: until a model passes, what serves keeps its name. Absent: always the same one. */
  formerNames?: string[];
}

/** What one model scored in one test. */
export interface ModelResult {
  test: string;
  /** What its answers are kept under: the model, and its content filter where it has one of its own. */
  model: string;
  /** Of every case, in the file's order, with six digits, separated by spaces. */
  scores: string;
  /**
   * Cases that the service refuses to answer, answers that were cut off, and answers that could not be graded as meant.
   */
  refused: number;
  unfinished: number;
  ungraded: number;
  /** USD of the answers; absent where the price is not known. */
  usd?: number;
}

/** Who was compared with whom. */
export interface Comparison {
  test: string;
  /** As the argument has it. */
  against: string[];
  /** Models that were in question: the candidate, or its checkpoints. By what their answers are kept under. */
  candidates: string[];
  /** By the words of `against`. */
  opponents: { name: string; model: string }[];
  /** Unix seconds. */
  evaluatedAt: number;
}

/** What evaluations so far have found; the newest last. */
export interface Found {
  results: ModelResult[];
  comparisons: Comparison[];
}

export interface EvaluationState extends EvaluationInputs, EvaluationVerdict, Found {
  stateVersion: 1;
  /** Name to deploy if it passes: the candidate, or the checkpoint that scores best. */
  model: string;
}
