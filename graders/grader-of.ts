import { stringCheck, textSimilarity } from "./compared";
import { Formula } from "./formula";
import type { Grader, GraderSpec } from "./grader";
import { isObject } from "./json";
import { labelModel, scoreModel } from "./judged";
import { multi } from "./multi";

/** A grader ready to use, of the service's own JSON, which `shapeProblems`, `readDemands` and `problemsHere` have found nothing wrong with. */
export function graderOf(spec: GraderSpec): Grader {
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
