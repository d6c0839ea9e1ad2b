import type { Finding } from "./report";
import type { RuleCode } from "./rules/codes";
import type { Severities } from "./rules/severities";
import { type ChunkResult, KEPT_FINDINGS } from "./scan/chunk-result";

/** Findings of one rule. */
interface Found {
  count: number;
  kept: Finding[];
}

/** The findings of a file: all are counted; of each rule, and of all together, the first 1,000 are kept. */
export class FindingList {
  private readonly found = new Map<RuleCode, Found>();
  /** Line breaks of the chunks that were taken. */
  private lineBreaks = 0;

  constructor(private readonly severities: Severities) {}

  /** Whether the rule is looked for at all. */
  wants(code: RuleCode): boolean {
    return this.severities[code] !== "off";
  }

  /** @param line - counted from 1; 0 for the file as a whole. */
  add(code: RuleCode, line: number, message: string): void {
    if (this.wants(code)) this.keep(code, [{ code, line, message }], 1);
  }

  /** Takes the findings of the next chunk, in the order of the file. */
  addChunk(chunk: ChunkResult): void {
    const firstLine = this.lineBreaks + 1;
    for (const code of Object.keys(chunk.findings) as RuleCode[]) {
      const { count, first } = chunk.findings[code]!;
      const findings = first.map(({ line, message }) => ({ code, line: firstLine + line, message }));
      if (this.wants(code)) this.keep(code, findings, count);
    }
    this.lineBreaks += chunk.lines;
  }

  /** Puts one finding in the place of all that a rule has made, which would repeat themselves on every line. */
  summarize(code: RuleCode, sentence: (count: number) => string): void {
    const found = this.found.get(code);
    if (found)
      this.found.set(code, { count: 1, kept: [{ code, line: found.kept[0]!.line, message: sentence(found.count) }] });
  }

  /** Findings of one severity in the order of the lines, up to the cap, and the number of all. */
  of(severity: "error" | "warning"): { findings: Finding[]; count: number } {
    const found = [...this.found].filter(([code]) => this.severities[code] === severity).map(([, entry]) => entry);
    const findings = found.flatMap(({ kept }) => kept).sort((a, b) => a.line - b.line);
    return { findings: findings.slice(0, KEPT_FINDINGS), count: found.reduce((sum, { count }) => sum + count, 0) };
  }

  private keep(code: RuleCode, findings: Finding[], count: number): void {
    const found = this.found.get(code) ?? { count: 0, kept: [] };
    found.count += count;
    found.kept.push(...findings.slice(0, KEPT_FINDINGS - found.kept.length));
    this.found.set(code, found);
  }
}
