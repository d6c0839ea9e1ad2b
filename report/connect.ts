import { Azure } from "../azure-openai/azure";
import { systemClock } from "../azure-openai/clock";
import { azureSettings, providerInputs } from "../stack/azure-settings";
import { pulumiSource } from "./stack-source";
import { StackView } from "./stack-view";

/** The view of a stack for the identity that its provider signs in with. @throws UserError, AzureFailure */
export async function viewStack(stack: string): Promise<StackView> {
  const source = await pulumiSource(stack);
  const settings = azureSettings(providerInputs(await source.state()), process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  return new StackView(source, azure, systemClock);
}
