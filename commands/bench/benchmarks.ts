import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type TextSource, longRuns, naturalText, unseenPieces, writeCorpus } from "./corpora";
import { counters } from "./counters";
import { ourCheck } from "./our-check";
import { run } from "./processes";
import { LabPython } from "./python";

/** One line of output. `ratio` is ours over theirs, in the sense that more is better unless `goal` starts with "at most". */
export interface BenchmarkResult {
  benchmark: string;
  ours: Record<string, number>;
  theirs: Record<string, number>;
  ratio: number;
  goal: string;
  /** Examples or sums that differ between the two, where both count the same. */
  differences?: number;
}

/** A file that is counted by all. */
interface Corpus {
  name: string;
  text: TextSource;
  /** Share of the examples that are written with escapes. */
  escaped: number;
  /** See `promised` and `floor`. */
  goal: string;
}

/** What is promised of text as people write it, whether escaped or not: eight times the lab's loop, on two cores with nothing else to do. */
const promised = "at least 8";
/** Of texts that are there to measure the encoder without its caches: no promise, but a floor under which something has become slow. */
const floor = "at least 3";

type Emit = (result: BenchmarkResult) => void;
type Report = (line: string) => void;

/** Runs of both sides, in turn; each side's median counts. */
const ROUNDS = 3;
/** The other packages count only so much: some are a hundred times slower. */
const OTHERS_BYTES = 8e6;

/** Runs all benchmarks whose name holds `only`, each side by side. Sizes in bytes. */
export async function runBenchmarks(
  sizes: { corpus: number; large: number },
  only: string,
  emit: Emit,
  report: Report,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "dataset-bench-"));
  const chosen = (name: string) => name.includes(only);
  try {
    const natural = await naturalText();
    const runs = await longRuns();
    const corpora: Corpus[] = [
      { name: "natural text", text: natural, escaped: 0.5, goal: promised },
      { name: "plain UTF-8", text: natural, escaped: 0, goal: promised },
      { name: "escaped text", text: natural, escaped: 1, goal: promised },
      { name: "long runs", text: runs, escaped: 0, goal: floor },
      { name: "escaped long runs", text: runs, escaped: 1, goal: floor },
      { name: "unseen pieces", text: unseenPieces(), escaped: 0.5, goal: floor },
    ];
    for (const { name, text, escaped, goal } of corpora) {
      const file = path.join(folder, `${name.replaceAll(" ", "-")}.jsonl`);
      if (chosen(`${name}: lab's Python loop`)) {
        report(`Writing ${sizes.corpus / 1e6} MB of ${name} ...`);
        await writeCorpus(file, sizes.corpus, text, 1, escaped);
        emit(await againstLab(name, file, sizes.corpus, goal, report));
      }
      const small = path.join(folder, `${name.replaceAll(" ", "-")}-small.jsonl`);
      await writeCorpus(small, OTHERS_BYTES, text, 2, escaped);
      for (const counter of Object.keys(counters))
        if (chosen(`${name}: ${counter}`)) emit(await againstPackage(name, counter, small, report));
    }
    const large = path.join(folder, "large.jsonl");
    if (chosen("peak memory") || chosen("unchanged file")) {
      report(`Writing ${sizes.large / 1e6} MB ...`);
      await writeCorpus(large, sizes.large - 4096, natural, 3);
      const cacheHome = path.join(folder, "cache");
      emit(await memory(large, sizes.large, cacheHome, report));
      emit(await unchanged(large, sizes.large, cacheHome, report));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function againstLab(
  name: string,
  file: string,
  bytes: number,
  goal: string,
  report: Report,
): Promise<BenchmarkResult> {
  const python = await LabPython.setUp(report);
  report(`Counting ${name} with both ...`);
  await warmUp(file);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ ours: await ourCheck(file), theirs: await python.count(file) });
  const [{ ours, theirs }] = rounds as [(typeof rounds)[number]];
  const { total, assistant } = ours.report.files[0]!.tokens;
  const differences =
    differing({ ...total }, { ...theirs.tokens.total }) + differing({ ...assistant }, { ...theirs.tokens.assistant });
  const benchmark = `${name}: lab's Python loop`;
  const ourSeconds = median(rounds.map(({ ours }) => ours.seconds));
  const theirSeconds = median(rounds.map(({ theirs }) => theirs.seconds));
  return { ...throughput(benchmark, bytes, ourSeconds, theirSeconds, goal), differences };
}

/** The one in the middle of an odd number of values. */
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Statistics that are not the same to the last bit. */
function differing(ours: Record<string, number>, theirs: Record<string, number>): number {
  return Object.keys(ours).filter((key) => !isDeepStrictEqual(ours[key], theirs[key])).length;
}

async function againstPackage(name: string, counter: string, file: string, report: Report): Promise<BenchmarkResult> {
  report(`Counting ${name} with ${counter} ...`);
  const ours = await ourCheck(file);
  const loop = ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "javascript-loop.ts"), counter, file];
  const { seconds, sum } = JSON.parse((await run(process.execPath, loop)).stdout) as { seconds: number; sum: number };
  const result = throughput(`${name}: ${counter}`, OTHERS_BYTES, ours.seconds, seconds, "more than 1");
  return { ...result, differences: Math.abs(ours.report.files[0]!.tokens.total.sum - sum) };
}

function throughput(benchmark: string, bytes: number, ours: number, theirs: number, goal: string): BenchmarkResult {
  const rate = (seconds: number) => rounded(bytes / 1e6 / seconds);
  return {
    benchmark,
    ours: { seconds: rounded(ours), mbPerSecond: rate(ours) },
    theirs: { seconds: rounded(theirs), mbPerSecond: rate(theirs) },
    ratio: rounded(theirs / ours),
    goal,
  };
}

async function memory(file: string, bytes: number, cacheHome: string, report: Report): Promise<BenchmarkResult> {
  report("Checking the large file ...");
  const { peakMb, seconds } = await ourCheck(file, { cacheHome });
  const limit = 400;
  return {
    benchmark: `peak memory for ${bytes / 1e6} MB`,
    ours: { peakMb: rounded(peakMb), seconds: rounded(seconds), mbPerSecond: rounded(bytes / 1e6 / seconds) },
    theirs: { limitMb: limit },
    ratio: rounded(peakMb / limit),
    goal: "at most 1",
  };
}

async function unchanged(file: string, bytes: number, cacheHome: string, report: Report): Promise<BenchmarkResult> {
  report("Checking it again ...");
  await warmUp(file);
  const sha = await run("sha256sum", [file]);
  const again = await ourCheck(file, { cacheHome });
  return {
    benchmark: `hashing an unchanged file of ${bytes / 1e6} MB: sha256sum`,
    ours: { seconds: rounded(again.seconds) },
    theirs: { seconds: rounded(sha.seconds) },
    ratio: rounded(again.seconds / sha.seconds),
    goal: "at most 1.5",
  };
}

/** Reads a file once, so that neither side pays for the disk. */
async function warmUp(file: string): Promise<void> {
  const handle = await open(file);
  const block = Buffer.alloc(1 << 22);
  for (let position = 0, read = 1; read > 0; position += read)
    read = (await handle.read(block, 0, block.length, position)).bytesRead;
  await handle.close();
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
