import type { GraderSpec } from "../../graders/grader";
import type { Rule } from "../../evaluation/statistics/rule";
import type { DeploymentAddress } from "./address";

/** What is to be evaluated: plain data, for the process that asks the models. */
export interface EvaluationPlan {
  /** Settings of the stack's azure-native provider; none without a stack. */
  provider: Record<string, string>;
  /** ARM ID of the stack's account. */
  accountId?: string;
  /** The candidate first. */
  deployments: DeploymentAddress[];
  /** Deployments that grade, by the name that the grader gives for the model; under "" the one for all. */
  judges: Record<string, DeploymentAddress>;
  cases: string;
  trainingFile?: string;
  catalogFile?: string;
  /** Default: the similarity with the reference. */
  grader?: GraderSpec;
  rule: Rule;
  maxUsd?: number;
  maxTokens?: number;
  concurrency?: number;
  /** Print the summary as JSON. */
  json: boolean;
  /** File for the results with all texts; default: one in the user's cache. */
  out?: string;
}
