import type { EvaluationOptions } from "../options";
import { EvaluationRefusal } from "../refusal";
import { Asker } from "./asker";
import { Budget } from "./budget";
import { Tokens } from "./cost";
import { Journal } from "./journal";
import { Pace } from "./pace";
import type { Subject } from "./subject";

type Given = Pick<EvaluationOptions, "subjects" | "judges" | "grader" | "folder" | "clock" | "maxUsd" | "concurrency">;

/** Requests at a time that a deployment gets at most. */
export const DEFAULT_CONCURRENCY = 64;

/** Everybody who is asked in one run: subjects and judges, each deployment with its own pace, all with one spending limit. */
export class Askers {
  private readonly journals = new Map<string, Journal>();
  private readonly askers = new Map<Subject, Asker>();
  private readonly judges = new Map<string, Asker>();
  private readonly budget: Budget;

  private constructor(private readonly given: Given) {
    this.budget = new Budget(given.maxUsd);
  }

  /** @throws EvaluationRefusal when a judge has no deployment, a limit no price, or the files are in use */
  static async open(given: Given): Promise<Askers> {
    const askers = new Askers(given);
    try {
      await askers.openAll();
      return askers;
    } catch (error) {
      askers.close();
      throw error;
    }
  }

  /** Tasks at a time: enough that each deployment can have its most. */
  get workers(): number {
    return (this.given.concurrency ?? DEFAULT_CONCURRENCY) * this.given.subjects.length;
  }

  /** USD of this run. */
  get spentUsd(): number {
    return this.budget.spent;
  }

  /** Whether every price is known. */
  get priced(): boolean {
    return this.all().every(({ subject }) => subject.rate !== undefined);
  }

  of(subject: Subject): Asker {
    return this.askers.get(subject)!;
  }

  judge(model: string): Asker {
    return this.judges.get(model)!;
  }

  close(): void {
    for (const journal of this.journals.values()) journal.close();
  }

  private all(): Asker[] {
    return [...this.askers.values(), ...this.judges.values()];
  }

  private async openAll(): Promise<void> {
    const { subjects, judges = {}, grader, maxUsd } = this.given;
    for (const subject of subjects) this.askers.set(subject, await this.open(subject));
    for (const model of grader.judges) {
      const subject = judges[model];
      if (!subject) {
        throw new EvaluationRefusal(
          `The grader calls ${model}, but no deployment is set for that model. Set one as the model's judge.`,
        );
      }
      this.judges.set(model, this.askers.get(subject) ?? (await this.open(subject)));
    }
    if (maxUsd === undefined) return;
    const unpriced = this.all().find(({ subject }) => subject.rate === undefined)?.subject;
    if (unpriced) {
      throw new EvaluationRefusal(
        `A spending limit needs a price for every model, but the catalog has no price for ${unpriced.model} (deployment ${unpriced.name}). Add the price to the catalog file, or remove the limit.`,
      );
    }
  }

  private async open(subject: Subject): Promise<Asker> {
    const { folder, clock, concurrency = DEFAULT_CONCURRENCY } = this.given;
    // A model that is deployed twice has one file.
    const journal = this.journals.get(subject.model) ?? Journal.open(folder, subject.model);
    this.journals.set(subject.model, journal);
    const pace = new Pace(clock, concurrency);
    // Only a limit needs to know beforehand what an answer can cost; an encoding takes 40 MB.
    const tokens = this.given.maxUsd === undefined ? undefined : await Tokens.of(subject.model);
    return new Asker(subject, { clock, pace, journal, budget: this.budget, tokens });
  }
}
