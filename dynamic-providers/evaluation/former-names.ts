import { isUnknown } from "../runtime/unknown";
import type { EvaluationInputs } from "./schema";

/** Most that are remembered. */
const MOST = 5;

/**
 * Names that the deployment had in earlier runs. A new `deploy.name`, or a base model that the name follows from, names a deployment that isn't there
 * yet: what serves has the old name until a model passes, and the candidate must be compared with it.
 *
 * @returns undefined where it always had the name that it has
 */
export function formerNames(
  olds: Partial<EvaluationInputs> | undefined,
  { deployment }: Pick<EvaluationInputs, "deployment">,
): string[] | undefined {
  const before = [olds?.deployment?.name, ...(olds?.formerNames ?? [])];
  const known = before.filter((name): name is string => typeof name === "string" && !isUnknown(name));
  const others = [...new Set(known)].filter((name) => name !== deployment.name).slice(0, MOST);
  return others.length > 0 ? others : undefined;
}
