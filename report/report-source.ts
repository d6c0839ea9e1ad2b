import type { DataPlane } from "../azure-openai/data-plane";
import type { ResultsOf } from "./evaluation/facts";
import type { JobMemory } from "./job-memory";
import type { StackFacts } from "./stack-facts";
import type { UpdateRecord } from "./update-history";

/** What a report is gathered from: the stack's state, its service, and what is remembered of jobs. */
export interface ReportSource {
  stack: string;
  facts: StackFacts;
  updates: UpdateRecord[];
  dataPlane: DataPlane;
  memory: JobMemory;
  results: ResultsOf;
  /** Whether the account is in a rehearsal service. */
  rehearsal: boolean;
  /** Unix milliseconds. */
  now: number;
}
