import { Parser } from "expr-eval-fork";

/** Functions that a formula may call (OpenAI's graders guide, multi). */
const FUNCTIONS = ["min", "max", "abs", "floor", "ceil", "exp", "sqrt", "log"];

/** `calculate_output` of a multi grader: `+ - * / ^`, parentheses, numbers, the names of its graders, and a few functions. */
export class Formula {
  private constructor(private readonly evaluate: (scores: Record<string, number>) => number) {}

  /** @returns what is wrong with it, as a sentence without its beginning, e.g. `names 'x', ...` */
  static parse(text: string, names: readonly string[]): Formula | string {
    const foreign = /[^\w\s.+\-*/^(),]/.exec(text)?.[0];
    if (foreign !== undefined)
      return `contains "${foreign}"; expected numbers, names of graders, + - * / ^ and ${FUNCTIONS.join(", ")}`;
    // Of 1e5 the letter is no name.
    const named = text.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
    const unknown = named.find((name) => !names.includes(name) && !FUNCTIONS.includes(name));
    if (unknown !== undefined) return `uses '${unknown}', which is not one of its graders: ${names.join(", ")}`;
    try {
      const expression = parser().parse(text);
      return new Formula((scores) => Number(expression.evaluate(scores)));
    } catch (error) {
      return `cannot be read (${(error as Error).message})`;
    }
  }

  /** @returns NaN or infinite where it divides by zero and the like */
  of(scores: Record<string, number>): number {
    return this.evaluate(scores);
  }
}

function parser(): Parser {
  const words = [
    "assignment",
    "fndef",
    "logical",
    "comparison",
    "in",
    "conditional",
    "concatenate",
    "factorial",
    "remainder",
  ];
  const parser = new Parser({ operators: Object.fromEntries(words.map((name) => [name, false])) });
  // Only the scores have names.
  parser.consts = {};
  return parser;
}
