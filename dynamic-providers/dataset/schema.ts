import type { Severity, TokenStatistics } from "../../datasets/report";
import type { PartRecord } from "../../datasets/sources/part";

/** What the program says of one dataset file. */
export interface DatasetArgs {
  /**
   * Path of the JSONL file, relative to the project folder or absolute; a folder, with a slash at its end; an address in Blob Storage; or several
   * of them with ` + ` between them.
   */
  path: string;
  /** How the job uses the file. */
  role: "training" | "validation";
  /** Base model whose encoding and limits apply. */
  model: string;
  /** Fine-tuning method, which decides the row format. */
  method: "supervised" | "dpo" | "reinforcement";
  /** Severity by rule code, where it differs from the default. */
  rules?: Record<string, Severity>;
  /** For a validation file: the training file, to report examples that are in both. */
  compareWith?: string;
  /** reinforcement: the job's grader and response format, held against the rows. */
  grader?: Record<string, unknown>;
  responseFormat?: Record<string, unknown>;
  /** A JSON file whose entries override the shipped catalog. */
  catalogFile?: string;
}

/** What `check` adds at preview. There is nothing remote: the state is the checked inputs. */
export interface DatasetInputs extends DatasetArgs {
  /** SHA-256 of the file's bytes, lower-case hex. */
  sha256: string;
  /**
   * `sha256` of the file as the stack first had it, where this one differs from it in line ends and byte order mark alone; else `sha256`. Files and
   * jobs are known by it. States of earlier versions have none: `sha256` stands for it.
   */
  contentSha256: string;
  /** File size in bytes. */
  bytes: number;
  /** Number of examples (rows that are not blank). */
  examples: number;
  /** Tokens per example, by the lab's formula. */
  tokens: { total: TokenStatistics; assistant: TokenStatistics };
  /** One sentence per kind of warning, secrets first; never any text of the dataset. */
  warnings: string[];
  /** Where the content was found; absent for one file on disk. */
  source?: DatasetSource;
}

/** The files that are one dataset, as a check found them. */
export interface DatasetSource {
  /** In their order. Of a blob with its ETag, under which alone it is uploaded. */
  parts: PartRecord[];
  /** Hash of all that decided the check besides the content, where all parts are blobs: with the same ETags and this hash nothing is read again. */
  checked?: string;
}

export type DatasetState = DatasetInputs;
