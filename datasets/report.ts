import type { RuleCode } from "./rules/codes";

export type { Severity } from "./rules/codes";

/** Distribution of tokens per example; quantiles by numpy's linear interpolation. All zero for no examples. */
export interface TokenStatistics {
  sum: number;
  min: number;
  max: number;
  mean: number;
  median: number;
  p5: number;
  p10: number;
  p90: number;
  p95: number;
}

/** Something that a rule found. `line` counts from 1; 0 is the file as a whole. */
export interface Finding {
  code: RuleCode;
  line: number;
  /** Of a dataset of several files: the one that `line` is in. */
  file?: string;
  /** What is wrong and how to fix it. Never text of the dataset, but for a masked secret's first characters. */
  message: string;
}

/** All findings of one kind: of a rule, or of one sort of secret or personal data. */
export interface FindingKind {
  code: RuleCode;
  severity: "error" | "warning";
  /** Of all of them. */
  count: number;
  /** The first of them, in the order of the lines. */
  first: Omit<Finding, "code">[];
}

/** How the job uses a file. */
export type FileRole = "training" | "validation";

/** What is known of one file after all rules have run. */
export interface FileReport {
  path: string;
  role: FileRole;
  /** SHA-256 of the file's bytes, lower-case hex. */
  sha256: string;
  bytes: number;
  /** Whether the file starts with a byte order mark. */
  bom: boolean;
  /** Rows that are not blank. */
  examples: number;
  /** Over the rows whose messages could be counted. */
  tokens: { total: TokenStatistics; assistant: TokenStatistics };
  /** Secrets first, then personal data, then in the order of the lines; up to a cap that leaves none of a kind out; `errorCount` counts all. */
  errors: Finding[];
  errorCount: number;
  warnings: Finding[];
  warningCount: number;
}

/** Examples of the validation file that are also in the training file. */
export interface Overlap {
  exact: number;
  near: number;
}

/** Where a finding is: `line 12`, or `data/b.jsonl, line 12`; undefined where it is about the file as a whole. */
export function placeOf({ file, line }: Pick<Finding, "file" | "line">): string | undefined {
  if (line === 0) return undefined;
  return file === undefined ? `line ${line}` : `${file}, line ${line}`;
}
