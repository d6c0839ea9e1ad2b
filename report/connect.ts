import { Azure } from "../azure-openai/azure";
import { systemClock } from "../azure-openai/clock";
import { azureSettings, providerInputs } from "../stack/azure-settings";
import { chooseModel } from "../stack/choose-model";
import type { FoundResults } from "../evaluation/results/find-results";
import { keptResults } from "./evaluation/results-of";
import { pulumiSource, type StackPlace } from "./stack-source";
import { StackView } from "./stack-view";

/**
 * The view of a stack for the identity that its provider signs in with.
 *
 * @param model - which of several, by the name of its component or of a deployment
 * @param results - an evaluation to show. Default: the newest on this machine whose candidate is the stack's model.
 * @throws UserError, AzureFailure
 */
export async function viewStack(target: StackPlace, model?: string, results?: FoundResults): Promise<StackView> {
  const whole = await pulumiSource(target);
  const source = { ...whole, state: async () => chooseModel(await whole.state(), target.stack, model) };
  const settings = azureSettings(providerInputs(await source.state()), process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const resultsOf = results ? () => Promise.resolve(results) : keptResults(azure.rehearsal);
  return new StackView(source, azure, systemClock, resultsOf);
}
