import type { Members } from "../../dynamic-providers/fine-tuning-job/extra-body";

/** What comes of a job, or of a part of it. */
export interface Taken {
  /** Settings of the stack, by the names of Pulumi.yaml. */
  settings: Members;
  /** What differs on Azure and what stays behind, one sentence each. */
  differences: string[];
  /** What somebody has to do before the settings can be used, one sentence each. */
  toDo: string[];
}

/** The parts as one; of settings with the same name the later one counts. */
export function together(parts: readonly Partial<Taken>[]): Taken {
  return {
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)) as Members,
    differences: parts.flatMap(({ differences = [] }) => differences),
    toDo: parts.flatMap(({ toDo = [] }) => toDo),
  };
}
