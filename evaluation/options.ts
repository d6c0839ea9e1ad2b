import type { Clock } from "../azure-openai/clock";
import type { CaseFile } from "./cases/case";
import type { Grader } from "../graders/grader";
import type { RunProgress } from "./running/run-progress";
import type { Subject } from "./running/subject";
import type { NameOf, Rule } from "./statistics/rule";

/** What an evaluation needs: plain values, and the clients and clock that it works with. */
export interface EvaluationOptions {
  cases: CaseFile;
  grader: Grader;
  /** The model in question first; the others are what it is compared with. */
  subjects: readonly [Subject, ...Subject[]];
  /** Deployments that grade, by the name that the grader gives for them. */
  judges?: Readonly<Record<string, Subject>>;
  rule?: Rule;
  /** What the rule's conditions are called where they were set. Default: a stack's settings. */
  nameOf?: NameOf;
  clock: Clock;
  /** Folder of the files in which answers are kept, a file per model. */
  folder: string;
  /** Whether a rehearsal service answers. Default false. */
  rehearsal?: boolean;
  /** Most tokens of an answer. Default 1,024. */
  maxTokens?: number;
  /** USD that this run may spend. Default: no limit. */
  maxUsd?: number;
  /** Requests at a time that a deployment gets at most. Default 64. */
  concurrency?: number;
  onProgress?: (progress: RunProgress) => void;
  /** Stops after the answers that are under way. */
  signal?: AbortSignal;
}
