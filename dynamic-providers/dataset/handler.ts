import { overrideCatalog, shippedCatalog } from "../../catalog";
import { examineDataset, OptionError, type Progress } from "../../datasets";
import { amountLine } from "../runtime/amount-line";
import { providerProcess } from "../runtime/context";
import { contentSha256 } from "./same-rows";
import type { Handler } from "../runtime/handler";
import { inputsAsState } from "../runtime/inputs-as-state";
import { stateDiffers } from "../runtime/inputs-differ";
import { toState } from "../runtime/to-state";
import { hasUnknown } from "../runtime/unknown";
import { failureOf, warningLines } from "./findings";
import { roundedTokens } from "./rounded-tokens";
import type { DatasetArgs, DatasetInputs, DatasetState } from "./schema";

/** Files whose warnings were shown: `check` is called up to three times in one `up`. */
const shown = new Set<string>();

const SAME_ROWS =
  "differs from the stored data only in its line endings or byte order mark. The rows are the same, so nothing is uploaded or trained again.";

/**
 * Checks a dataset file at preview and adds what it found to the inputs. A file with errors fails the preview: the failure hangs on
 * `path`, whose value the engine prints, and holds no text of the dataset.
 */
export const handler: Handler<DatasetInputs, DatasetState> = {
  async check(olds: DatasetInputs | undefined, news) {
    const args = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "__provider"));
    if (hasUnknown(args)) return { inputs: news, failures: [] };
    try {
      const result = await examineDataset({ ...optionsOf(news), onProgress: statusOfReading() });
      const { report } = result;
      if (report.errorCount > 0) return { inputs: news, failures: [{ property: "path", reason: failureOf(result) }] };
      const { sha256, bytes, examples } = report;
      const tokens = roundedTokens(report.tokens);
      const warnings = warningLines(result);
      if (warnings.length > 0 && !shown.has(sha256))
        providerProcess.print([`${report.path}:`, ...warnings].join("\n  "));
      shown.add(sha256);
      const content = await contentSha256(olds, report);
      const asBefore = `${sha256} is ${content}`;
      if (content !== sha256 && !shown.has(asBefore)) providerProcess.print(`${report.path}: ${SAME_ROWS}`);
      shown.add(asBefore);
      providerProcess.plan.dataset(content, { path: report.path, before: olds?.examples, examples });
      return {
        inputs: toState({ ...news, sha256, contentSha256: content, bytes, examples, tokens, warnings }),
        failures: [],
      };
    } catch (error) {
      const property = error instanceof OptionError ? error.option : "path";
      return { inputs: news, failures: [{ property, reason: (error as Error).message }] };
    }
  },

  // A state of an earlier version has unrounded figures, and its warnings may be worded differently: that alone is no change.
  diff(_id, olds, news) {
    const before = { ...olds, tokens: roundedTokens(olds.tokens) };
    return Promise.resolve({ changes: stateDiffers(before, { ...news, warnings: olds.warnings }) });
  },

  ...inputsAsState<DatasetInputs>(),
};

/** Smaller files are read before a line would be. */
const TOLD_FROM_BYTES = 20e6;
/** Between two lines. */
const TOLD_MS = 2_000;

/** Tells how far the reading of a large file is. */
function statusOfReading(): (progress: Progress) => void {
  const started = performance.now();
  let toldAt = started;
  return ({ path, bytesDone, bytes }) => {
    const now = performance.now();
    if (bytes < TOLD_FROM_BYTES || now - toldAt < TOLD_MS) return;
    toldAt = now;
    providerProcess.status(amountLine({ doing: `checking ${path}`, bytesDone, bytes, elapsedMs: now - started }));
  };
}

function optionsOf({ catalogFile, ...args }: DatasetArgs) {
  const { path, role, model, method, rules, compareWith, grader, responseFormat } = args;
  const catalog = catalogFile ? overrideCatalog(catalogFile) : shippedCatalog;
  return { path, role, model, method, rules, compareWith, grader, responseFormat, catalog };
}
