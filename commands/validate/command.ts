import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { CommanderError } from "commander";
import { printable, printableLine } from "../../azure-openai/printable-text";
import { systemError } from "../../azure-openai/system-error";
import { blobsOfEnvironment } from "../blobs-of-environment";
import { type Catalog, findModel, overrideCatalog, shippedCatalog } from "../../catalog";
import { type DatasetOptions, type DatasetResult, examineDataset, type FileReport } from "../../datasets";
import { addressProblem } from "../../datasets/sources";
import { type Asked, estimateOf } from "./estimate";
import { firstExample } from "./example";
import { htmlPage } from "./html";
import { noticesOf } from "./notices";
import { type ValidateOptions, validateProgram } from "./options";
import type { Output } from "./output";
import { ReadingProgress } from "./reading-progress";
import type { ValidationReport } from "./report";
import { textReport } from "./text";

/**
 * `npm run -s validate`: checks one or two files and shows the report.
 *
 * @returns the exit code: 0 without errors, 1 with errors; with `--strict` warnings count as errors.
 * @throws CommanderError for an invalid command line (after reporting it on `err`).
 */
export async function validateCommand(args: string[], out: Output, err: Output, today = new Date()): Promise<number> {
  const program = validateProgram()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(printable(text)),
      writeErr: (text) => err.write(printable(text)),
    });
  program.parse(args, { from: "user" });
  const options = program.opts<ValidateOptions>();
  const usage = (message: string): never => {
    err.write(printable(`error: ${message}\n`));
    throw new CommanderError(2, "validate.usage", message);
  };
  const catalog = catalogOf(options, usage);
  const [path] = program.args as [string];
  const secret = addressProblem(path) ?? addressProblem(options.validation ?? "");
  if (secret !== undefined) usage(secret);
  if (options.validation !== undefined && options.role === "validation") {
    usage(
      "--validation is compared with a training file, so it can't be combined with --role validation. Remove one of the two.",
    );
  }

  const graded = gradedBy(options, usage);
  const results = await examineFiles(path, options, { catalog, ...graded }, err);
  const asked = { location: program.getOptionValueSource("location") !== "default", grader: graded.grader };
  const report = reportOf(results, options, catalog, asked);
  if (options.json) {
    out.write(printable(`${JSON.stringify(report)}\n`));
  } else {
    const notices = noticesOf(program, options, catalog, today);
    const readable = report.files[0]!.examples > 0;
    const example = options.example && readable ? await firstExample(path, blobsOfEnvironment()) : undefined;
    out.write(textReport(report, results, { notices, example, out }));
  }
  if (options.html !== undefined) {
    const page = htmlPage(
      report,
      results.map(({ histograms }) => histograms),
    );
    await writeFile(options.html, page).catch((error: Error) =>
      usage(systemError(error) ?? `The page '${options.html}' cannot be written: ${error.message}`),
    );
    err.write(`Wrote ${printableLine(options.html)}\n`);
  }
  const counts = (file: FileReport) => file.errorCount + (options.strict ? file.warningCount : 0);
  return report.files.some((file) => counts(file) > 0) ? 1 : 0;
}

/** The grader of a file: on its own, or as the stack's settings have it. */
function gradedBy(
  { grader: file, method }: ValidateOptions,
  usage: (message: string) => never,
): Pick<DatasetOptions, "grader" | "responseFormat"> {
  if (file === undefined) return {};
  if (method !== "reinforcement") usage("--grader needs --method reinforcement.");
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    usage(`The grader '${file}' cannot be read as JSON: ${(error as Error).message}`);
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(read))
    return usage(`The grader '${file}' is not an object; expected one like {"type": "string_check", ...}.`);
  if (isObject(read.grader)) return { grader: read.grader, responseFormat: read.responseFormat };
  if (typeof read.type !== "string") usage(`The grader '${file}' has neither 'type' nor 'grader'.`);
  return { grader: read };
}

function catalogOf({ catalog: file, model }: ValidateOptions, usage: (message: string) => never): Catalog {
  let catalog = shippedCatalog;
  try {
    if (file !== undefined) catalog = overrideCatalog(file);
  } catch (error) {
    usage((error as Error).message);
  }
  if (!findModel(model, catalog)) {
    const names = catalog.models.map(({ id }) => id).join(", ");
    usage(`The catalog has no model '${model}'. Models: ${names}. A file passed with --catalog can add it.`);
  }
  return catalog;
}

async function examineFiles(
  path: string,
  options: ValidateOptions,
  given: Pick<DatasetOptions, "catalog" | "grader" | "responseFormat">,
  err: Output,
): Promise<DatasetResult[]> {
  const progress = new ReadingProgress(err);
  const remote = blobsOfEnvironment();
  const { model, method, rule: rules, cache, threads } = options;
  const common = { model, method, rules, cache, threads, ...given, remote, onProgress: progress.show };
  const files: DatasetOptions[] = [{ ...common, path, role: options.role }];
  if (options.validation !== undefined)
    files.push({ ...common, path: options.validation, role: "validation", compareWith: path });
  const results: DatasetResult[] = [];
  for (const file of files) {
    results.push(await examineDataset(file));
    progress.end();
  }
  return results;
}

function reportOf(
  results: readonly DatasetResult[],
  options: ValidateOptions,
  catalog: Catalog,
  asked: Asked,
): ValidationReport {
  const files = results.map(({ report }) => report);
  const training = files.find(({ role }) => role === "training");
  return {
    model: options.model,
    method: options.method,
    files,
    overlap: results.at(-1)?.overlap ?? { exact: 0, near: 0 },
    estimate: training && training.examples > 0 ? estimateOf(training, options, catalog, asked) : null,
  };
}
