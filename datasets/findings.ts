import type { Finding, FindingKind } from "./report";
import type { RuleCode } from "./rules/codes";
import type { Severities } from "./rules/severities";
import { type ChunkResult, type FindingSort, KEPT_FINDINGS } from "./scan/chunk-result";
import { weightOf } from "./weights";

/** Findings of one sort. */
interface Found {
  code: RuleCode;
  count: number;
  kept: Finding[];
}

/** Lines of each kind that a summary names, and that the list of all findings keeps whatever else a file holds. */
const FIRST = 20;

/** The findings of a file: all are counted; of each sort the first 1,000 are kept. */
export class FindingList {
  private readonly found = new Map<FindingSort, Found>();
  /** Line breaks of the chunks that were taken. */
  private lineBreaks = 0;

  constructor(private readonly severities: Severities) {}

  /** Whether the rule is looked for at all. */
  wants(code: RuleCode): boolean {
    return this.severities[code] !== "off";
  }

  /** @param line - counted from 1; 0 for the file as a whole. */
  add(code: RuleCode, line: number, message: string): void {
    if (this.wants(code)) this.keep(code, code, [{ code, line, message }], 1);
  }

  /** Takes the findings of the next chunk, in the order of the file. */
  addChunk(chunk: ChunkResult): void {
    const firstLine = this.lineBreaks + 1;
    for (const [sort, found] of Object.entries(chunk.findings)) {
      const { code, count, first } = found!;
      const findings = first.map(({ line, message }) => ({ code, line: firstLine + line, message }));
      if (this.wants(code)) this.keep(sort, code, findings, count);
    }
    this.lineBreaks += chunk.lines;
  }

  /** Puts one finding in the place of all that a rule has made, which would repeat themselves on every line. */
  summarize(code: RuleCode, sentence: (count: number) => string): void {
    const found = this.found.get(code);
    if (!found) return;
    const kept = [{ code, line: found.kept[0]!.line, message: sentence(found.count) }];
    this.found.set(code, { code, count: 1, kept });
  }

  /** As `summarize`, of one sort and only where every row has it; the sentence is made from the first message. */
  summarizeAll(code: RuleCode, sort: string, rows: number, sentence: (message: string) => string): void {
    const name = `${code}: ${sort}`;
    const found = this.found.get(name);
    if (!found || found.count < rows) return;
    const kept = [{ code, line: 0, message: sentence(found.kept[0]!.message) }];
    this.found.set(name, { code, count: 1, kept });
  }

  /**
   * Findings of one severity and the number of all: secrets first, then personal data, then the others, each in the order of the lines.
   * The list is capped, but never at the cost of a secret or of a kind: of each the first are in it.
   */
  of(severity: "error" | "warning"): { findings: Finding[]; count: number } {
    const found = this.ofSeverity(severity);
    const count = found.reduce((sum, entry) => sum + entry.count, 0);
    const sure = new Set(found.flatMap(({ code, kept }) => (code === "secret" ? kept : kept.slice(0, FIRST))));
    let room = KEPT_FINDINGS - sure.size;
    const others = found.flatMap(({ kept }) => kept).filter((finding) => !sure.has(finding));
    for (const finding of others.sort(byWeight)) if (room-- > 0) sure.add(finding);
    return { findings: [...sure].sort(byWeight), count };
  }

  /** One entry for each kind of finding, the weightiest first: nothing is left out, however many findings there are. */
  kinds(): FindingKind[] {
    const kinds = (["error", "warning"] as const).flatMap((severity) =>
      this.ofSeverity(severity).map(({ code, count, kept }) => {
        const first = kept.slice(0, FIRST).map(({ line, message }) => ({ line, message }));
        return { code, severity, count, first };
      }),
    );
    return kinds.sort(
      (a, b) =>
        weightOf(a.code, a.severity) - weightOf(b.code, b.severity) ||
        (a.first[0]?.line ?? 0) - (b.first[0]?.line ?? 0),
    );
  }

  private ofSeverity(severity: "error" | "warning"): Found[] {
    return [...this.found.values()].filter(({ code }) => this.severities[code] === severity);
  }

  private keep(sort: FindingSort, code: RuleCode, findings: Finding[], count: number): void {
    const found = this.found.get(sort) ?? { code, count: 0, kept: [] };
    found.count += count;
    for (const finding of findings) if (found.kept.length < KEPT_FINDINGS) found.kept.push(finding);
    this.found.set(sort, found);
  }
}

function byWeight(a: Finding, b: Finding): number {
  return weightOf(a.code) - weightOf(b.code) || a.line - b.line;
}
