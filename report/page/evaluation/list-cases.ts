import { isClearlyWorse, outcomeOf } from "../../../evaluation/statistics/difference";
import type { ShownCase } from "../../evaluation/shown-cases";
import { textOf } from "./case-text";

/** A case with the difference of the candidate's score and another model's; without another model 0. */
export interface ComparedCase {
  shown: ShownCase;
  difference: number;
}

export const shows = {
  all: "all cases",
  win: "wins",
  tie: "ties",
  loss: "losses",
  worse: "clearly worse",
  problem: "with a problem",
} as const;

export const orders = {
  line: "line in the file",
  losses: "largest loss first",
  gains: "largest gain first",
  lowest: "lowest score first",
  highest: "highest score first",
} as const;

/** Which cases are listed, and how. */
export interface Listing {
  show: keyof typeof shows;
  order: keyof typeof orders;
  /** Words that a case has, in any of its texts; a number is a line, too. */
  search: string;
}

/** @param other - place of the other model; beyond the last one there is none */
export function comparedCases(cases: readonly ShownCase[], other: number): ComparedCase[] {
  return cases.map((shown) => {
    const [candidate] = shown.answers;
    const compared = shown.answers[other] ?? candidate;
    return { shown, difference: (candidate?.score ?? 0) - (compared?.score ?? 0) };
  });
}

/** The ten largest losses, or gains, the largest first. */
export function extremes(cases: readonly ComparedCase[], of: "loss" | "win"): ComparedCase[] {
  const order = inOrder[of === "loss" ? "losses" : "gains"];
  return cases
    .filter(({ difference }) => outcomeOf(difference) === of)
    .sort(order)
    .slice(0, 10);
}

/** @param width - of the grader's range, as `isClearlyWorse` takes it */
export function listCases(cases: readonly ComparedCase[], { show, order, search }: Listing, width: number) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cases
    .filter((one) => isShown(one, show, width) && words.every((word) => has(one.shown, word)))
    .sort(inOrder[order]);
}

function isShown({ shown, difference }: ComparedCase, show: Listing["show"], width: number): boolean {
  if (show === "all") return true;
  if (show === "problem") return shown.answers.some(({ problem }) => problem !== undefined);
  return show === "worse" ? isClearlyWorse(difference, width) : outcomeOf(difference) === show;
}

const byLine = (a: ComparedCase, b: ComparedCase) => a.shown.line - b.shown.line;
const score = ({ shown }: ComparedCase) => shown.answers[0]?.score ?? 0;

const inOrder: Record<Listing["order"], (a: ComparedCase, b: ComparedCase) => number> = {
  line: byLine,
  losses: (a, b) => a.difference - b.difference || byLine(a, b),
  gains: (a, b) => b.difference - a.difference || byLine(a, b),
  lowest: (a, b) => score(a) - score(b) || byLine(a, b),
  highest: (a, b) => score(b) - score(a) || byLine(a, b),
};

/** Each case's texts in lower case, made when they are first searched. */
const searched = new WeakMap<ShownCase, string>();

function has(shown: ShownCase, word: string): boolean {
  let text = searched.get(shown);
  if (text === undefined) {
    const { line, messages = [], reference = "", answers } = shown;
    const texts = [
      ...messages.map(textOf),
      reference,
      ...answers.map((answer) => `${answer.text ?? ""} ${answer.problem ?? ""}`),
    ];
    text = `${line}\n${texts.join("\n")}`.toLowerCase();
    searched.set(shown, text);
  }
  return text.includes(word);
}
