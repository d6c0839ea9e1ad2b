import type { Grader, GraderSpec } from "../../graders/grader";
import { graderOf } from "../../graders/grader-of";
import { problemsHere, UNUSABLE_HERE } from "../../graders/problems";
import { readDemands } from "../../graders/read-demands";
import { shapeProblems } from "../../graders/shape";
import { refuseAll } from "../refusal";

const INSTEAD = "Use another grader for the evaluation; a reinforcement job can still use this one.";

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
 * @param place - where it was set, for sentences: a setting's whole path. Default `grader`.
 * @throws EvaluationRefusal with everything that is wrong with it: its form, its templates, and what cannot run here
 */
export function readGrader(spec: GraderSpec, place = "grader"): ReadGrader {
  const shape = shapeProblems(spec, place, "evaluation", UNUSABLE_HERE);
  const { problems, paths } = readDemands(spec, undefined, place);
  const all = [...shape, ...problems, ...(shape.length > 0 ? [] : problemsHere(spec, place, INSTEAD))];
  if (all.length > 0) refuseAll("The grader cannot be used:", all);
  return { grader: graderOf(spec), paths };
}
