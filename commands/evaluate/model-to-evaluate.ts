import { chooseModel, stackChoices, withoutModels } from "../../stack/choose-model";
import type { StackExport } from "../../stack/stack-state";
import type { EvaluateOptions } from "./options";

/**
 * The state with the model that is evaluated: its deployment and files are what the command line leaves out. Of several it is the one that
 * `--model` names, or whose deployment is named first. Where the command line leaves nothing out, no model need be chosen.
 *
 * @throws UserError when there are several and it is not clear which one is meant
 */
export function modelToEvaluate(state: StackExport, stack: string, options: EvaluateOptions): StackExport {
  const { model, deployment, cases } = options;
  const choices = stackChoices(state);
  if (model !== undefined || choices.length <= 1) return chooseModel(state, stack, model);
  const names = deployment.flatMap((one) => (one.kind === "name" ? [one.deployment.toLowerCase()] : []));
  const served = names.map((name) => choices.find((one) => one.deployment?.toLowerCase() === name)).find(Boolean);
  if (served) return chooseModel(state, stack, served.deployment);
  return deployment.length > 0 && cases !== undefined ? withoutModels(state) : chooseModel(state, stack);
}
