import { shapeProblems } from "../../datasets/grader/grader-shape";
import { readGrader as demandsOf } from "../../datasets/grader/read-grader";
import { isObject } from "../../datasets/rules/row-rules";
import { refuseAll } from "../refusal";
import { stringCheck, textSimilarity } from "./compared";
import { Formula } from "./formula";
import type { Grader, GraderSpec } from "./grader";
import { labelModel, scoreModel } from "./judged";
import { multi } from "./multi";
import { problemsHere } from "./problems";

/** How answers are graded when nothing is said: their similarity with the reference. */
export const DEFAULT_GRADER: GraderSpec = {
  type: "text_similarity",
  name: "similarity",
  input: "{{sample.output_text}}",
  reference: "{{item.reference}}",
  evaluation_metric: "fuzzy_match",
};

/** A grader and what it reads of a case. */
export interface ReadGrader {
  grader: Grader;
  /** Keys of `item`, each once. */
  paths: string[][];
}

/**
 * Makes a grader of the service's own JSON.
 *
 * @throws EvaluationRefusal with everything that is wrong with it: its form, its templates, and what cannot run here
 */
export function readGrader(spec: GraderSpec): ReadGrader {
  const shape = shapeProblems(spec, "grader", "evaluation");
  const { problems, paths } = demandsOf(spec);
  const all = [...shape, ...problems, ...(shape.length > 0 ? [] : problemsHere(spec, "grader"))];
  if (all.length > 0) refuseAll("The grader cannot be used:", all);
  return { grader: graderOf(spec), paths };
}

function graderOf(spec: GraderSpec): Grader {
  switch (spec.type) {
    case "string_check":
      return stringCheck(spec);
    case "text_similarity":
      return textSimilarity(spec);
    case "score_model":
      return scoreModel(spec);
    case "label_model":
      return labelModel(spec);
    default:
      return multiOf(spec);
  }
}

function multiOf(spec: GraderSpec): Grader {
  const inner = Object.entries(spec.graders as Record<string, unknown>).filter(([, one]) => isObject(one));
  const graders = Object.fromEntries(inner.map(([name, one]) => [name, graderOf(one as GraderSpec)]));
  return multi(spec, graders, Formula.parse(String(spec.calculate_output), Object.keys(graders)) as Formula);
}
