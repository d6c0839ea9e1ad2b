import { count } from "../../format/count";
import { examineDataset, type Finding, placeOf, type RuleCode, type Severity } from "../../datasets";
import { shippedCatalog } from "../../catalog";
import { sizeFinding } from "../../datasets/rules/file-rules";
import { openDataset, type RemoteStore } from "../../datasets/sources";
import { EvaluationRefusal } from "../refusal";

/** A file of cases, and the data that it must not repeat. */
export interface CaseCheck {
  /** JSONL file, relative to the working directory or absolute; or whatever else a dataset may be. */
  path: string;
  /** Training file of the models, where it is known: no case may be in it. */
  trainingFile?: string;
  /** Base model, whose encoding counts the tokens of rows. Default `gpt-4o-mini-2024-07-18`. */
  model?: string;
  /** Reads what is in Blob Storage. Default: an address is refused. */
  remote?: RemoteStore;
}

const DEFAULT_MODEL = "gpt-4o-mini-2024-07-18";
/** Sentences about single lines in one refusal. */
const SHOWN = 10;

/** Rules of training that don't hold of a case: it may have more keys, or end with a question, and repeat itself. */
const notOfCases: RuleCode[] = [
  ...(["unknown-key", "last-not-assistant", "no-assistant", "empty-assistant", "no-user", "empty-user"] as const),
  ...(["all-weights-zero", "invalid-weight", "too-few-examples", "over-token-limit", "near-token-limit"] as const),
  ...([
    "tokens-estimated",
    "exact-duplicate",
    "near-duplicate",
    "differing-system-prompts",
    "image-not-supported",
  ] as const),
  ...(["too-many-images", "too-many-images-in-example", "deprecated-functions", "nothing-to-grade"] as const),
];

/**
 * Holds a file of cases to the rules of the dataset engine that make a row one that can be asked, and to its duplicate check: a case that is in
 * the training file, word for word or nearly so, measures what the model has memorized.
 *
 * @throws EvaluationRefusal with the first lines that are at fault
 */
export async function checkCases({
  path,
  trainingFile,
  model = DEFAULT_MODEL,
  remote,
}: CaseCheck): Promise<{ sha256: string }> {
  if (trainingFile !== undefined) await requireReadable(trainingFile, remote);
  const rules: Partial<Record<RuleCode, Severity>> = {
    ...Object.fromEntries(notOfCases.map((code) => [code, "off"])),
    // A case may have keys that its training row has not, which makes the two nearly the same for the engine.
    "nearly-in-training-too": "error",
  };
  const { report } = await examineDataset({
    ...{ path, role: "validation", method: "supervised", model, rules },
    compareWith: trainingFile,
    remote,
  });
  const { errors, errorCount, sha256 } = report;
  if (errorCount === 0) return { sha256 };
  const lines = errors.slice(0, SHOWN).map((finding) => `  ${placed(finding)}${forCases(finding.message)}`);
  const more = errorCount > SHOWN ? [`  and ${count(errorCount - SHOWN)} more`] : [];
  const headline = `${path} cannot be used as evaluation cases:`;
  throw new EvaluationRefusal([headline, ...lines, ...more].join("\n"));
}

function placed(finding: Finding): string {
  const place = placeOf(finding);
  return place === undefined ? "" : `${place}: `;
}

/** The engine speaks of a validation file. */
function forCases(message: string): string {
  return message
    .replace(/^The example/, "The case")
    .replace(/validation would test/, "the evaluation would test")
    .replace(/Vary or remove it\.$/, "Replace it with one that the model was not trained on.");
}

/** The engine compares with nothing where the training file can't be read: that is an error of its own there. */
async function requireReadable(path: string, remote: RemoteStore | undefined): Promise<void> {
  const refuse = (problem: string) => {
    throw new EvaluationRefusal(`Could not check the cases for overlap with the training file: ${problem}`);
  };
  const training = await openDataset(path, remote);
  if (typeof training === "string") return refuse(training);
  const size = sizeFinding(training.bytes, shippedCatalog.limits);
  await training.close();
  if (size?.code === "file-too-large") refuse(size.message);
}
