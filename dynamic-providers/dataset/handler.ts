import { catalogFrom } from "../../catalog";
import { type DatasetOptions, examineDataset, OptionError, type Progress } from "../../datasets";
import { addressProblem, readContent } from "../../datasets/sources";
import { amountLine } from "../runtime/amount-line";
import { type Context, providerProcess } from "../runtime/context";
import { contentSha256 } from "./same-rows";
import type { Handler } from "../runtime/handler";
import { inputsAsState } from "../runtime/inputs-as-state";
import { stateDiffers } from "../runtime/inputs-differ";
import { toState } from "../runtime/to-state";
import { hasUnknown } from "../runtime/unknown";
import { failureOf, warningLines } from "./findings";
import { roundedTokens } from "./rounded-tokens";
import type { DatasetArgs, DatasetInputs, DatasetState } from "./schema";
import { isChecked, partsOf, sourceOf } from "./source";
import { isAfterPreview, previewedTags } from "./previewed-tags";

const SAME_ROWS =
  "differs from the stored data only in its line endings or byte order mark. The rows are the same, so nothing is uploaded or trained again.";

/**
 * Checks a dataset at preview and adds what it found to the inputs. A file with errors fails the preview: the failure hangs on
 * `path`, whose value the engine prints, and holds no text of the dataset.
 */
export function datasetHandler(context: Context) {
  /** Files whose warnings were shown: `check` is called up to three times in one `up`. */
  const shown = new Set<string>();

  function tellOnce(key: string, line: string): void {
    if (!shown.has(key)) context.print(line);
    shown.add(key);
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    async check(olds: DatasetInputs | undefined, news) {
      const args = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "__provider"));
      if (hasUnknown(args)) return { inputs: news, failures: [] };
      const refused = addressProblem(news.path);
      // The engine prints the value of a property that is named, and this one may hold a secret.
      if (refused !== undefined) return { inputs: news, failures: [{ property: "", reason: refused }] };
      try {
        const options = optionsOf(news);
        const source = await sourceOf(options, context.blobs);
        const seen = [...(source?.parts ?? []), ...(await partsOf(options.compareWith, context.blobs))];
        await previewedTags.see(seen, isAfterPreview());
        const found = isChecked(olds, source)
          ? factsOf(olds)
          : await factsRead(context, { ...options, onProgress: statusOfReading(context) });
        if ("failure" in found) return { inputs: news, failures: [{ property: "path", reason: found.failure }] };
        const { sha256, examples, warnings } = found;
        if (warnings.length > 0) tellOnce(sha256, [`${news.path}:`, ...warnings].join("\n  "));
        const read = () => readContent({ path: news.path, parts: source?.parts }, context.blobs, LINE_ENDS_BLOCK);
        const content = await contentSha256(olds, found, read);
        if (content !== sha256) tellOnce(`${sha256} is ${content}`, `${news.path}: ${SAME_ROWS}`);
        context.plan.dataset(content, { path: news.path, before: olds?.examples, examples });
        return { inputs: toState({ ...news, ...found, contentSha256: content, source }), failures: [] };
      } catch (error) {
        const property = error instanceof OptionError ? error.option : "path";
        return { inputs: news, failures: [{ property, reason: (error as Error).message }] };
      }
    },

    // A state of an earlier version has unrounded figures, and its warnings may be worded differently: that alone is no change.
    diff(_id, olds, news) {
      const before = { ...olds, tokens: roundedTokens(olds.tokens) };
      // By which version of the checks the rows were found good is none either.
      const source = news.source && { ...news.source, checked: olds.source?.checked };
      return Promise.resolve({ changes: stateDiffers(before, { ...news, source, warnings: olds.warnings }) });
    },

    ...inputsAsState<DatasetInputs>(),
  } satisfies Handler<DatasetInputs, DatasetState>;
}

/** Read at once to compare line ends. */
const LINE_ENDS_BLOCK = 1 << 20;

/** What a check finds of a dataset's content. */
type Facts = Pick<DatasetInputs, "sha256" | "bytes" | "examples" | "tokens" | "warnings">;

function factsOf({ sha256, bytes, examples, tokens, warnings }: DatasetInputs): Facts {
  return { sha256, bytes, examples, tokens, warnings };
}

async function factsRead(context: Context, options: DatasetOptions): Promise<Facts | { failure: string }> {
  const result = await examineDataset({ ...options, remote: context.blobs });
  const { errorCount, sha256, bytes, examples, tokens } = result.report;
  if (errorCount > 0) return { failure: failureOf(result) };
  return { sha256, bytes, examples, tokens: roundedTokens(tokens), warnings: warningLines(result) };
}

/** Smaller files are read before a line would be. */
const TOLD_FROM_BYTES = 20e6;
/** Between two lines. */
const TOLD_MS = 2_000;

/** Tells how far the reading of a large file is. */
function statusOfReading(context: Context): (progress: Progress) => void {
  const started = performance.now();
  let toldAt = started;
  return ({ path, doing = "checking", bytesDone, bytes }) => {
    const now = performance.now();
    if (bytes < TOLD_FROM_BYTES || now - toldAt < TOLD_MS) return;
    toldAt = now;
    context.status(amountLine({ doing: `${doing} ${path}`, bytesDone, bytes, elapsedMs: now - started }));
  };
}

function optionsOf({ catalogFile, ...args }: DatasetArgs): DatasetOptions {
  const { path, role, model, method, rules, compareWith, grader, responseFormat } = args;
  const catalog = catalogFrom(catalogFile);
  return { path, role, model, method, rules, compareWith, grader, responseFormat, catalog };
}

export const handler = datasetHandler(providerProcess);
