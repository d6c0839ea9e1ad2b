import { findModel, type InferenceRate, priceAnswer } from "../../catalog";
import { countRow } from "../../datasets/rows/count-row";
import { encodingTable } from "../../datasets/tokenizer/encoding-table";
import { Tokenizer } from "../../datasets/tokenizer/tokenizer";
import type { Question } from "./question";

/** The rule for a prompt's tokens is the cookbook's, not the bill's; tools and images are estimated. */
const MARGIN = 1.2;
/** Where the model has a tokenizer of its own, which makes more of some languages: a guess. */
const OWN_TOKENIZER_MARGIN = 2;
const MARGIN_TOKENS = 50;

type Asked = Pick<Question, "messages" | "tools" | "maxTokens">;

/** Counts the tokens of questions with the encoding of a base model. */
export class Tokens {
  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly model: string,
    private readonly margin: number,
  ) {}

  /** @param model - base or tuned model; one that the catalog doesn't know is counted as the newest encoding has it */
  static async of(model: string): Promise<Tokens> {
    const known = findModel(model.replace(/@.*$/, ""));
    const tokenizer = new Tokenizer(await encodingTable(known?.encoding ?? "o200k_base"));
    return new Tokens(tokenizer, known?.id ?? "", known?.ownTokenizer ? OWN_TOKENIZER_MARGIN : MARGIN);
  }

  prompt({ messages, tools }: Pick<Asked, "messages" | "tools">): number {
    return countRow(
      { messages, ...(tools ? { tools } : {}) },
      { method: "supervised", model: this.model },
      this.tokenizer,
    )!.total;
  }

  text(text: string): number {
    return this.tokenizer.countText(text);
  }

  /**
   * USD that an answer costs at most: every token of the answer is used, and the prompt is a fifth longer than counted; twice as long for a model
   * with a tokenizer of its own.
   */
  most(asked: Asked, rate: InferenceRate | undefined): number {
    if (!rate) return 0;
    const prompt = Math.ceil(this.prompt(asked) * this.margin) + MARGIN_TOKENS;
    return priceAnswer({ prompt, cached: 0, completion: asked.maxTokens }, rate);
  }
}
