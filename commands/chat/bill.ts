import { count, counted } from "../../format/count";
import { type AnswerTokens, type InferenceRate, priceAnswer } from "../../catalog";
import { precise } from "./served-model";

/** Tokens and price of the answers of one conversation. */
export class Bill {
  answers = 0;
  /** Answers without token counts from the service: stopped ones, for example. */
  private unknown = 0;
  private prompt = 0;
  private completion = 0;
  private usd = 0;

  /** @param rate - undefined if tokens are not billed, or the catalog has no price */
  constructor(private readonly rate?: InferenceRate) {}

  add(tokens: AnswerTokens | undefined): void {
    this.answers++;
    if (!tokens) {
      this.unknown++;
      return;
    }
    this.prompt += tokens.prompt;
    this.completion += tokens.completion;
    if (this.rate) this.usd += priceAnswer(tokens, this.rate);
  }

  /** A sentence, e.g. `2 answers: 310 tokens in, 95 out, about $0.0001.` */
  text(): string {
    const { answers, unknown, prompt, completion, rate, usd } = this;
    const tokens = `${count(prompt)} tokens in, ${count(completion)} out`;
    const sum = usd > 0 && usd < 0.0001 ? "less than $0.0001" : `about ${precise(usd)}`;
    const price = rate ? `, ${sum}` : "";
    const rest = unknown > 0 ? `; the service sent no token count for ${count(unknown)} of them` : "";
    return `${counted(answers, "answer")}: ${tokens}${price}${rest}.`;
  }
}
