import { usd } from "../../format/money";

/** What an evaluation costs. USD; null where the catalog has no price. */
export interface EvaluationCost {
  /** Tokens of questions and answers. */
  asking: number | null;
  /** Tokens of the models that grade; 0 where none does. */
  judging: number | null;
  /** Of the temporary deployments. */
  hosting: number;
  total: number | null;
}

/** `about $1.73 (asking $0.03, hosting $1.70)`, `less than $0.01` */
export function costInWords(cost: EvaluationCost): string {
  const { total } = cost;
  if (total === null) return "usage with no price in the catalog";
  const parts = partsOf(cost);
  const whole = parts.length === 1 ? amount(total) : `${amount(total)} (${parts.join(", ")})`;
  return isTiny(total) ? whole : `about ${whole}`;
}

function partsOf({ asking, judging, hosting }: EvaluationCost): string[] {
  return [
    `asking ${amount(asking ?? 0)}`,
    ...(judging ? [`grading ${amount(judging)}`] : []),
    ...(hosting > 0 ? [`hosting ${amount(hosting)}`] : []),
  ];
}

/** An amount below a cent is not nothing. */
function amount(value: number): string {
  return isTiny(value) ? "less than $0.01" : usd(value);
}

function isTiny(value: number): boolean {
  return value > 0 && value < 0.01;
}
