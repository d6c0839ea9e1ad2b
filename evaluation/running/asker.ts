import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import type { Clock } from "../../azure-openai/clock";
import { duration } from "../../format/duration";
import { AzureFailure } from "../../azure-openai/failure";
import { priceAnswer } from "../../catalog";
import { EvaluationRefusal } from "../refusal";
import type { Budget } from "./budget";
import type { Tokens } from "./cost";
import { isOfTheQuestion, isOfTheSampling, refusalOf, stopsAll } from "./failures";
import { type Journal, type KeptAnswer, keyOf } from "./journal";
import type { Pace } from "./pace";
import { decisive, type Question, requestOf } from "./question";
import type { Subject } from "./subject";

/** For a whole answer: reasoning models think for minutes. */
const ANSWER_MS = 10 * 60_000;
/** After a lost answer or a disturbance of the service. */
const DISTURBED: Backoff = { first: 500, cap: 8_000 };
const ATTEMPTS = 6;
/** A deployment that has refused for the rate as long has no quota left today. */
const LONGEST_REFUSAL_MS = 30 * 60_000;

/** What all questions of one deployment share. */
export interface AskerOptions {
  clock: Clock;
  pace: Pace;
  budget: Budget;
  journal: Journal;
  /** Absent without a spending limit: then nothing is reserved, and an answer that was lost counts nothing. */
  tokens?: Tokens;
}

/** Asks one deployment, each question once: kept answers are used again, and the pace, the limit and the disturbances are seen to. */
export class Asker {
  /** Answers that were asked for in this run. */
  asked = 0;
  private sampled: boolean;

  constructor(
    readonly subject: Subject,
    private readonly options: AskerOptions,
  ) {
    this.sampled = subject.sampled ?? true;
  }

  /** @throws EvaluationRefusal for what no other question would be spared; LimitReached */
  answer(question: Question): Promise<KeptAnswer> {
    return this.options.journal.once(keyOf(decisive(question)), () => this.ask(question));
  }

  /** USD of an answer, whenever it was paid. */
  costOf({ tokens }: KeptAnswer): number {
    const { rate } = this.subject;
    return rate && tokens ? priceAnswer(tokens, rate) : 0;
  }

  private async ask(question: Question): Promise<KeptAnswer> {
    const { clock, tokens } = this.options;
    const most = tokens?.most(question, this.subject.rate) ?? 0;
    for (let disturbances = 0; ;) {
      // Others are under way while the first is refused for its sampling.
      const { sampled } = this;
      const outcome = await this.once(question, most, sampled);
      if (!(outcome instanceof AzureFailure)) return outcome;
      if (outcome.status === 429) continue;
      if (sampled && isOfTheSampling(outcome)) {
        this.sampled = false;
        continue;
      }
      if (isOfTheQuestion(outcome)) return { text: "", model: this.subject.model, refused: refusalOf(outcome) };
      if (!outcome.transient || ++disturbances >= ATTEMPTS) throw stopsAll(outcome, this.subject.name, question.line);
      await clock.sleep(backoffDelay(DISTURBED, disturbances - 1, outcome.retryAfterMs));
    }
  }

  /** One request, within the pace and the limit. */
  private async once(question: Question, most: number, sampled: boolean): Promise<KeptAnswer | AzureFailure> {
    const { pace, budget } = this.options;
    const entered = await pace.enter();
    let cost = 0;
    let reserved = false;
    try {
      await budget.reserve(most);
      reserved = true;
      const answer = await this.subject.chat.complete(
        requestOf(question, this.subject.deploymentName, sampled),
        ANSWER_MS,
      );
      cost = answer.tokens ? this.costOf(answer) : most;
      this.asked++;
      pace.answered();
      return answer;
    } catch (error) {
      if (!(error instanceof AzureFailure)) throw error;
      // An answer that was lost on the way may have been paid for.
      if (error.ambiguous) cost = most;
      if (error.status === 429) this.refusedForRate(pace.refused(entered, error.retryAfterMs));
      return error;
    } finally {
      if (reserved) budget.book(most, cost);
      pace.leave();
    }
  }

  private refusedForRate(sinceMs: number): void {
    if (sinceMs <= LONGEST_REFUSAL_MS) return;
    throw new EvaluationRefusal(
      `The deployment ${this.subject.name} has refused every request for ${duration(sinceMs)}, because of its rate limit (429). The answers so far are kept. Run again later, or raise the deployment's capacity.`,
    );
  }
}
