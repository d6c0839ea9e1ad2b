import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import { EvaluationRefusal } from "../refusal";
import { takeLock } from "./lock";

/** What a model answered, or why it is never going to. */
export interface KeptAnswer {
  text: string;
  /** Model that says it answered. */
  model: string;
  finishReason?: string;
  tokens?: { prompt: number; cached: number; completion: number };
  /** Why the service refuses this question: `filtered` or `too long`. */
  refused?: string;
}

/** Files that no run has added to for as long are deleted. */
const KEPT_DAYS = 90;

/**
 * The answers of one model, a line each, appended as they come: a run that was killed continues with them. The file holds texts of cases and
 * answers: it is the owner's alone (0600) and never in a state.
 */
export class Journal {
  private readonly answers = new Map<string, KeptAnswer>();
  private readonly underWay = new Map<string, Promise<KeptAnswer>>();

  private constructor(
    readonly file: string,
    private readonly descriptor: number,
    private readonly unlock: () => void,
  ) {}

  /**
   * @param folder - created where it is missing, for the owner alone
   * @param model - what the answers belong to
   * @throws EvaluationRefusal while another process has it, or when it cannot be written
   */
  static open(folder: string, model: string): Journal {
    const file = path.join(folder, `${sha256(model).slice(0, 32)}.jsonl`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      removeOld(folder);
      const unlock = takeLock(`${file}.lock`, model);
      const journal = new Journal(file, openSync(file, "a+", 0o600), unlock);
      journal.load();
      return journal;
    } catch (error) {
      if (error instanceof EvaluationRefusal) throw error;
      throw cannotKeep(file, error);
    }
  }

  /**
   * The kept answer to a question, else the one that `ask` gives, which is kept at once. Of two who ask the same at the same time, one does.
   *
   * @throws EvaluationRefusal when the disk takes no more; what `ask` throws
   */
  once(key: string, ask: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    const kept = this.answers.get(key);
    if (kept) return Promise.resolve(kept);
    const known = this.underWay.get(key);
    if (known) return known;
    const asked = ask()
      .then((answer) => {
        this.keep(key, answer);
        return answer;
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  private keep(key: string, answer: KeptAnswer): void {
    const line = Buffer.from(`${JSON.stringify({ key, answer })}\n`);
    try {
      for (let written = 0; written < line.length;) written += writeSync(this.descriptor, line, written);
    } catch (error) {
      throw cannotKeep(this.file, error);
    }
    this.answers.set(key, answer);
  }

  close(): void {
    closeSync(this.descriptor);
    this.unlock();
  }

  private load(): void {
    const text = readFileSync(this.file, "utf8");
    for (const line of text.split("\n")) {
      const entry = entryOf(line);
      if (entry) this.answers.set(entry.key, entry.answer);
    }
    // A process that died while it wrote left half a line, which is no answer.
    if (text !== "" && !text.endsWith("\n")) writeSync(this.descriptor, "\n");
  }
}

/** Key of a question: a hash of all that decides the answer. */
export function keyOf(question: unknown): string {
  return sha256(JSON.stringify(question));
}

function entryOf(line: string): { key: string; answer: KeptAnswer } | undefined {
  try {
    const { key, answer } = JSON.parse(line) as { key?: unknown; answer?: Partial<KeptAnswer> };
    const whole = typeof key === "string" && typeof answer?.text === "string" && typeof answer.model === "string";
    return whole ? { key, answer: answer as KeptAnswer } : undefined;
  } catch {
    return undefined;
  }
}

function removeOld(folder: string): void {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    // With what a process that died left of its locks; those of running ones come and go.
    if (!/\.jsonl(\.lock.*)?$/.test(name)) continue;
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < oldest) rmSync(file, { force: true });
  }
}

function cannotKeep(file: string, error: unknown): EvaluationRefusal {
  return new EvaluationRefusal(
    `Answers cannot be saved in ${file} (${(error as Error).message}), so no question was sent, because paid answers would be lost. Free some space or correct the permissions, then run again.`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
