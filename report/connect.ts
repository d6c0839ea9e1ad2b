import { Azure } from "../azure-openai/azure";
import { systemClock } from "../azure-openai/clock";
import { azureSettings, providerInputs } from "../stack/azure-settings";
import { chooseModel } from "../stack/choose-model";
import { pulumiSource, type StackPlace } from "./stack-source";
import { StackView } from "./stack-view";

/**
 * The view of a stack for the identity that its provider signs in with.
 *
 * @param model - which of several, by the name of its component or of a deployment
 * @throws UserError, AzureFailure
 */
export async function viewStack(target: StackPlace, model?: string): Promise<StackView> {
  const whole = await pulumiSource(target);
  const source = { ...whole, state: async () => chooseModel(await whole.state(), target.stack, model) };
  const settings = azureSettings(providerInputs(await source.state()), process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  return new StackView(source, azure, systemClock);
}
