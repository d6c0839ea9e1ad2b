import { Calls } from "../../azure-openai/calls";
import { systemClock } from "../../azure-openai/clock";
import { findCloud } from "../../azure-openai/cloud";
import { chooseCredential } from "../../azure-openai/credential";
import { AzureFailure } from "../../azure-openai/failure";
import { azureSettings, providerInputs } from "../azure-settings";
import type { StackExport } from "../stack-state";
import type { ArmAddress } from "./arm-id";

/** What lies at an address. */
export interface Found {
  /** The id in Resource Manager's own spelling. */
  id: string;
  /** `Creating`, `Succeeded`, ...; role assignments have none. */
  provisioningState?: string;
}

/** Asks Resource Manager what lies at an address; undefined when there is nothing. @throws AzureFailure */
export type Lookup = (address: ArmAddress) => Promise<Found | undefined>;

/** Signs in as azure-native would with this stack: its provider's settings in the state, else the environment. */
export async function signIn(state: StackExport, environment: NodeJS.ProcessEnv): Promise<Lookup> {
  const settings = azureSettings(providerInputs(state), environment);
  const cloud = await findCloud(settings, systemClock);
  const credential = chooseCredential(settings, cloud);
  const calls = new Calls({ clock: systemClock, target: cloud.resourceManager, renewToken: () => undefined });
  return ({ id, apiVersion }) =>
    calls.run(`Looking up ${id}`, async () => {
      const token = await credential.getToken(cloud.resourceManagerScope);
      const url = `${cloud.resourceManager}${encodeURI(id)}?api-version=${apiVersion}`;
      const response = await fetch(url, { headers: { Authorization: `Bearer ${token?.token ?? ""}` } });
      if (response.status === 404) return undefined;
      if (!response.ok) {
        throw new AzureFailure(`${url} answered ${response.status}: ${await response.text()}`, response);
      }
      const body = (await response.json()) as { id?: string; properties?: { provisioningState?: string } };
      return { id: body.id ?? id, provisioningState: body.properties?.provisioningState };
    });
}
