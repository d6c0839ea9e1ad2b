import { counted } from "../../format/count";
import type { JudgedModel } from "../runtime/verdicts";
import { costInWords, type EvaluationCost } from "./cost-in-words";
import { inWords } from "./verdict";

/** What `up` is about to evaluate. */
export interface Announced {
  /** Name of the model's component, where the program is not this project's own. */
  model?: string;
  caseCount: number;
  /** Whom it is compared with, by the words of `evaluation.against`. */
  opponents: string[];
  /** Deployment types of the temporary deployments. */
  temporary: string[];
  /** Absent: all scores are known. */
  cost?: EvaluationCost;
  /** The result, where all scores are known. */
  foreseen?: JudgedModel;
}

const END = "; it is deployed only if it passes";

/**
 * The line of a preview: what is asked, at what price, and the result where it is known. The summary of the preview takes the price from it
 * (`evaluationPrices`).
 */
export function planLine({ model, caseCount, opponents, temporary, cost, foreseen }: Announced): string {
  const against = opponents.length > 0 ? ` against ${opponents.map(inWords).join(" and ")}` : "";
  const made =
    temporary.length > 0
      ? `, on ${counted(temporary.length, "temporary deployment")} (${[...new Set(temporary)].join(", ")})`
      : "";
  const price = cost ? costInWords(cost) : "no calls, since all scores are known";
  return `${model === undefined ? "" : `${model}: `}Evaluates the model on ${counted(caseCount, "case")}${against}${made}: ${price}${foreseen ? resultOf(foreseen) : END}`;
}

function resultOf({ passed, reasons }: JudgedModel): string {
  return passed ? "; it passes" : `; it does not pass: ${reasons.join("; ")}`;
}

/** The price of an evaluation, as a run has announced it. */
export interface EvaluationPrice {
  model?: string;
  /** `about $1.73 (asking $0.03, hosting $1.70)` */
  price: string;
}

const LINE = new RegExp(
  `^\\[plan\\] (?:(?<model>[^ ]+): )?Evaluates the model on [^:]*: (?<price>[$\\w.,() ]+)${END}\\s*$`,
  "gm",
);

/**
 * The prices in a run's messages; none where nothing is asked. They are in no input: what was scored before decides them, which only a diff
 * knows, and an input that followed them would differ between a preview and its `up`.
 */
export function evaluationPrices(messages: string): EvaluationPrice[] {
  return [...messages.matchAll(LINE)].flatMap(({ groups }) => {
    const { model, price } = groups as { model?: string; price: string };
    return price.startsWith("no calls") ? [] : [{ ...(model !== undefined && { model }), price }];
  });
}
