import { type Catalog, type Limits, type Method, shippedCatalog } from "../catalog";
import { ResultCache } from "./cache/results";
import type { OpenDataset } from "./dataset-file";
import { GatheredDataset } from "./sources/gathered-dataset";
import { openDataset, type RemoteStore } from "./sources";
import { eachCountedRow } from "./scan/each-row";
import { commonShingles } from "./duplicates/common-shingles";
import { RowTable } from "./scan/row-table";
import { Similarity } from "./duplicates/similarity";
import { checkFile, FileSummary, sizeFinding } from "./rules/file-rules";
import { FindingList } from "./findings";
import { checkGrader } from "./grader/check-file";
import { jsonPaths } from "../graders/json-paths";
import { faultsOf } from "../graders/problems";
import { responseFormatProblems } from "../graders/response-format";
import { shapeProblems } from "../graders/shape";
import type { GraderDemands } from "../graders/demands";
import { readDemands } from "../graders/read-demands";
import { checkDuplicates, checkOverlap } from "./rules/repetition-rules";
import type { FileReport, FileRole, Finding, FindingKind, Overlap, Severity } from "./report";
import { RowExaminer } from "./rows/examine-row";
import { type ExamineSettings, examineSettings } from "./rows/settings";
import { resolveSeverities, type Severities } from "./rules/severities";
import type { ChunkResult } from "./scan/chunk-result";
import { readSample, recognizeFile } from "./shapes";
import { scanFile } from "./scan/scan-file";
import { ScanWorkers } from "./scan/scan-workers";
import { type Histogram, histogramOf, statisticsOf, TokenCounts } from "./statistics";
import { encodingTable } from "./tokenizer/encoding-table";
import type { EncodingTable } from "./tokenizer/encoding-table";

/** What is asked about a dataset file. */
export interface DatasetOptions {
  /**
   * A file, relative to the working directory (a program's project folder) or absolute; a folder, whose name ends with a slash; an address in
   * Blob Storage; or several of them with ` + ` between them.
   */
  path: string;
  role: FileRole;
  /** Base or fine-tuned model, whose encoding and limits apply. */
  model: string;
  method: Method;
  /** Severity by rule code, where it differs from the default. */
  rules?: Readonly<Record<string, Severity>>;
  /** For a validation file: the training file, to report examples that are in both. */
  compareWith?: string;
  /** reinforcement: the job's grader, as the service expects it, and its response format: checked against the rows. */
  grader?: Readonly<Record<string, unknown>>;
  responseFormat?: unknown;
  /** Default: the shipped catalog. */
  catalog?: Catalog;
  /** Worker threads besides this one. Default: by size and processors. The result is the same. */
  threads?: number;
  /** Whether results of earlier runs are used and kept. Default true. */
  cache?: boolean;
  onProgress?: (progress: Progress) => void;
  /** Reads what is in Blob Storage. Default: an address is refused. */
  remote?: RemoteStore;
}

/** How far the reading of a file is. */
export interface Progress {
  path: string;
  /** `reading` what is not one file on disk, before its rows are checked. Default `checking`. */
  doing?: "reading";
  bytesDone: number;
  bytes: number;
}

/** A file's report and what belongs to it. */
export interface DatasetResult {
  report: FileReport;
  /** Number of examples by their tokens. */
  histograms: { total: Histogram; assistant: Histogram };
  /** The findings by kind, the weightiest first; none is left out. */
  kinds: FindingKind[];
  /** Overlap with `compareWith`, if that was given and could be read. */
  overlap?: Overlap;
}

/**
 * Checks a dataset file and counts its tokens: in a stream, with worker threads when it is large, and not at all when the same
 * content was checked before under the same options. A file that can't be read is a finding like any other.
 *
 * @throws OptionError for a model that the catalog doesn't know and an unknown rule; Error for a file that changes while it is read.
 */
export async function validateDataset(options: DatasetOptions): Promise<FileReport> {
  return (await examineDataset(options)).report;
}

/** What the grader asks of the rows; what is wrong with its form comes before what is wrong with its templates and the rest. */
function gradersDemands(grader: NonNullable<DatasetOptions["grader"]>, responseFormat: unknown): GraderDemands {
  const demands = readDemands(grader, responseFormat);
  const shape = shapeProblems(grader);
  const faults = shape.length > 0 ? [] : faultsOf(grader);
  const format = responseFormatProblems(responseFormat, jsonPaths(grader));
  return { ...demands, problems: [...shape, ...demands.problems, ...faults, ...format] };
}

/** As `validateDataset`, with the numbers of examples that are also in the training file. */
export async function examineDataset(options: DatasetOptions): Promise<DatasetResult> {
  const { path, role, compareWith, catalog = shippedCatalog } = options;
  const severities = resolveSeverities(options.rules);
  const grader = options.grader && gradersDemands(options.grader, options.responseFormat);
  const settings = examineSettings(options.model, options.method, catalog, grader);
  const open = (name: string) => openDataset(name, options.remote, { onBytes: readingOf(name, options.onProgress) });
  const file = await open(path);
  if (typeof file === "string") return unread(path, role, "file-missing", file);
  const refusedUnread = ({ bytes }: OpenDataset) => {
    const large = sizeFinding(bytes, catalog.limits);
    return large?.code === "file-too-large" && severities[large.code] === "error" ? large : undefined;
  };
  const large = refusedUnread(file);
  if (large) {
    await file.close();
    return unread(path, role, "file-too-large", large.message, file.bytes);
  }
  const compared = compareWith === undefined ? undefined : await open(compareWith);
  // A training file that can't be read, or is too large to be, is an error of its own resource.
  const training = typeof compared === "string" ? undefined : compared;
  if (training && refusedUnread(training)) {
    await Promise.all([training.close(), file.close()]);
    return examineDataset({ ...options, compareWith: undefined });
  }
  try {
    const check = new DatasetCheck(file, training, role, settings, severities, catalog.limits, options);
    const result = options.cache === false ? await check.run() : await check.cached();
    return { ...result, report: { ...result.report, path, role } };
  } finally {
    await file.close();
    await training?.close();
  }
}

function readingOf(path: string, onProgress: DatasetOptions["onProgress"]) {
  return onProgress && ((bytesDone: number, bytes: number) => onProgress({ path, doing: "reading", bytesDone, bytes }));
}

/** One check of one file. */
class DatasetCheck {
  constructor(
    private readonly file: OpenDataset,
    private readonly training: OpenDataset | undefined,
    private readonly role: FileRole,
    private readonly settings: ExamineSettings,
    private readonly severities: Severities,
    private readonly limits: Limits,
    private readonly options: Pick<DatasetOptions, "threads" | "onProgress">,
  ) {}

  async cached(): Promise<DatasetResult> {
    const { file, training, role, settings, severities, limits } = this;
    const options = {
      ...{ role, settings, severities, limits, training: await training?.identity() },
      // Findings name the file that they are in.
      parts: partsOf(file),
    };
    // The size of several files is known only when they are one.
    const sha256 = file instanceof GatheredDataset ? await file.sha256() : undefined;
    const cache = new ResultCache<DatasetResult>(options, file.bytes);
    const known = (await cache.mayHave()) ? await cache.read(sha256 ?? (await file.sha256())) : undefined;
    if (known) {
      await this.assertUnchanged();
      return known;
    }
    const result = await this.run();
    await cache.write(result.report.sha256, result);
    return result;
  }

  /** @throws Error when a file changed in the meantime: then nothing may be kept under its hash. */
  async run(): Promise<DatasetResult> {
    const workers = this.workersFor(this.file);
    try {
      return await this.examine(workers);
    } finally {
      await workers.close();
    }
  }

  private async examine(workers: ScanWorkers): Promise<DatasetResult> {
    const { file, training, role, settings } = this;
    await Promise.all([file.load(), training?.load()]);
    const foreign = recognizeFile(await readSample(file.handle, file.bytes), settings.method);
    const table = await encodingTable(settings.encoding);
    // Both files without what the training file's examples share, so that their sketches can be compared.
    const basis = (training ?? file).handle.fd;
    const common = await commonShingles(basis, new RowExaminer(table, settings));
    const findings = new FindingList(this.severities);
    const summary = new FileSummary();
    const [rows, sha256] = await Promise.all([
      this.scan(file, workers, table, common, (chunk) => {
        findings.addChunk(foreign ? disclosuresOf(chunk) : chunk);
        summary.add(chunk);
      }),
      file.sha256(),
    ]);
    if (foreign) {
      // One error for all rows, which would fail for the same reason; none of them is an example yet.
      findings.add("foreign-shape", 0, foreign.message);
      await this.assertUnchanged();
      return resultOf(
        findings,
        new RowTable(),
        { sha256, bytes: file.bytes, bom: summary.bom },
        { placeOf: (line) => file.placeOf(line) },
      );
    }
    checkGrader(findings, settings.grader, role, rows.rows);
    await checkFile(findings, summary, rows, { role, bytes: file.bytes, lineOf: lineIn(file) }, this.limits);

    const similarity = new Similarity(new RowExaminer(table, settings, common));
    const readable = { table: rows, handle: file.handle, lineOf: lineIn(file) };
    await checkDuplicates(findings, readable, similarity);
    let overlap: Overlap | undefined;
    if (training) {
      const trainedRows = await this.rowsOf(training, table, common);
      const trained = { table: trainedRows, handle: training.handle, lineOf: lineIn(training) };
      overlap = await checkOverlap(findings, readable, trained, similarity);
    }
    await this.assertUnchanged();
    if (!training) remember(sha256, settings, rows);
    const found = await resultOf(
      findings,
      rows,
      { sha256, bytes: file.bytes, bom: summary.bom },
      { placeOf: (line) => file.placeOf(line) },
    );
    return { ...found, overlap };
  }

  private async assertUnchanged(): Promise<void> {
    await this.file.assertUnchanged();
    await this.training?.assertUnchanged();
  }

  private workersFor({ bytes }: OpenDataset): ScanWorkers {
    return new ScanWorkers(bytes, this.options.threads);
  }

  private async scan(
    file: OpenDataset,
    workers: ScanWorkers,
    table: EncodingTable,
    common: Uint32Array,
    onChunk?: (chunk: ChunkResult) => void,
  ): Promise<RowTable> {
    const { path, handle, bytes } = file;
    const { onProgress } = this.options;
    const report = onProgress && ((bytesDone: number) => onProgress({ path, bytesDone, bytes }));
    const rows = new RowTable(bytes);
    const take = (chunk: ChunkResult) => {
      rows.append(chunk);
      onChunk?.(chunk);
    };
    await scanFile(handle.fd, bytes, table, this.settings, take, { workers, common, onProgress: report });
    return rows;
  }

  private async rowsOf(file: OpenDataset, table: EncodingTable, common: Uint32Array): Promise<RowTable> {
    return recall(await file.sha256(), this.settings) ?? (await this.scan(file, this.workersFor(file), table, common));
  }
}

/** Paths and sizes of several files, which decide where a line is. */
function partsOf(file: OpenDataset): [string, number][] | undefined {
  if (!(file instanceof GatheredDataset) || file.parts.length < 2) return undefined;
  return file.parts.map(({ path, bytes }) => [path, bytes]);
}

/** `line 12`, or `line 12 of data/b.jsonl`. */
function lineIn(dataset: OpenDataset) {
  return (whole: number): string => {
    const { file, line } = dataset.placeOf(whole);
    return file === undefined ? `line ${line}` : `line ${line} of ${file}`;
  };
}

/** Of a file in another format, only what must never be overlooked. */
function disclosuresOf(chunk: ChunkResult): ChunkResult {
  const kept = Object.entries(chunk.findings).filter(
    ([, found]) => found?.code === "secret" || found?.code === "personal-data",
  );
  return { ...chunk, findings: Object.fromEntries(kept) };
}

/** The rows of the file that was last checked on its own: often the training file, with which the validation file is compared next. */
let lastRows: { key: string; rows: RowTable } | undefined;

function remember(sha256: string, settings: ExamineSettings, rows: RowTable): void {
  lastRows = { key: JSON.stringify([sha256, settings]), rows };
}

function recall(sha256: string, settings: ExamineSettings): RowTable | undefined {
  return lastRows?.key === JSON.stringify([sha256, settings]) ? lastRows.rows : undefined;
}

async function resultOf(
  list: FindingList,
  table: RowTable,
  file: Pick<FileReport, "sha256" | "bytes" | "bom">,
  { placeOf }: Pick<OpenDataset, "placeOf"> = { placeOf: (line) => ({ line }) },
): Promise<DatasetResult> {
  const placed = <Found extends { line: number }>(findings: Found[]) =>
    findings.map((one) => ({ ...one, ...placeOf(one.line) }));
  const errors = list.of("error");
  const warnings = list.of("warning");
  const total = new TokenCounts();
  const assistant = new TokenCounts();
  await eachCountedRow(table, (row) => {
    total.add(table.totals[row]!);
    assistant.add(table.assistants[row]!);
  });
  const report: FileReport = {
    // Path and role are the caller's: the same content may lie elsewhere.
    path: "",
    role: "training",
    ...file,
    examples: table.rows,
    tokens: { total: statisticsOf(total), assistant: statisticsOf(assistant) },
    errors: placed(errors.findings),
    errorCount: errors.count,
    warnings: placed(warnings.findings),
    warningCount: warnings.count,
  };
  const kinds = list.kinds().map((kind) => ({ ...kind, first: placed(kind.first) }));
  return { report, kinds, histograms: { total: histogramOf(total), assistant: histogramOf(assistant) } };
}

async function unread(
  path: string,
  role: FileRole,
  code: "file-missing" | "file-too-large",
  message: string,
  bytes = 0,
): Promise<DatasetResult> {
  const nothing = await resultOf(new FindingList(resolveSeverities()), new RowTable(), {
    sha256: "",
    bytes,
    bom: false,
  });
  const errors: Finding[] = [{ code, line: 0, message }];
  const kinds: FindingKind[] = [{ code, severity: "error", count: 1, first: [{ line: 0, message }] }];
  return { ...nothing, kinds, report: { ...nothing.report, path, role, errors, errorCount: 1 } };
}
