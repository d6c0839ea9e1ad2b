import { z } from "zod";
import { sameName } from "../../format/same-name";
import { Calls } from "../../azure-openai/calls";
import { systemClock } from "../../azure-openai/clock";
import { findCloud } from "../../azure-openai/cloud";
import { chooseCredential } from "../../azure-openai/credential";
import { isNotFound } from "../../azure-openai/failure";
import { fetchJson } from "../../azure-openai/fetch-json";
import { expectShape } from "../../azure-openai/unexpected-answer";
import { azureSettings, providerInputs } from "../azure-settings";
import type { StackExport } from "../stack-state";
import type { ArmAddress } from "./arm-id";

/** The resource at an address. */
export interface Found {
  /** The id in Resource Manager's own spelling. */
  id: string;
  /** `Creating`, `Succeeded`, ...; role assignments have none. */
  provisioningState?: string;
  /** Resource Manager's whole answer. */
  body?: Record<string, unknown>;
}

/** Asks Resource Manager for the resource at an address; undefined when there is none. @throws AzureFailure */
export type Lookup = (address: ArmAddress) => Promise<Found | undefined>;

/** Signs in as azure-native would for this stack: with its provider's settings in the state, else the environment. */
export async function signIn(state: StackExport, environment: NodeJS.ProcessEnv): Promise<Lookup> {
  const settings = azureSettings(providerInputs(state), environment);
  const cloud = await findCloud(settings, systemClock);
  const credential = chooseCredential(settings, cloud);
  const calls = new Calls({ clock: systemClock, target: cloud.resourceManager, renewToken: () => undefined });
  return async ({ id, apiVersion }) => {
    const url = `${cloud.resourceManager}${encodeURI(id)}?api-version=${apiVersion}`;
    try {
      return await calls.run(`Looking up ${id}`, async () => {
        const token = await credential.getToken(cloud.resourceManagerScope);
        const found = await fetchJson(url, { headers: { Authorization: `Bearer ${token?.token ?? ""}` } });
        const body = expectShape(resourceShape(id), found, `the resource ${id}`);
        return { id: body.id, provisioningState: body.properties?.provisioningState, body };
      });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
}

/** An ARM resource that is the one at `id`; role assignments have no state. */
const resourceShape = (id: string) =>
  z.looseObject({
    id: z.string().refine((found) => sameName(found, id), { error: "of another resource" }),
    properties: z.looseObject({ provisioningState: z.string().optional() }).nullish(),
  });
