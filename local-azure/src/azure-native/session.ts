import type { HttpClient } from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { ArmClient } from "./arm-client";
import { findCloud, type Cloud } from "./cloud";
import { readConfiguration, type Configuration } from "./configuration";
import { findIdentity } from "./credential";
import { explainedSignIn } from "./explained-sign-in";
import type { EngineCall } from "./engine-call";
import { version } from "./version";

/** What Configure sets up for the process: the cloud, the identity and the client that uses both. */
export interface Session {
  config: Configuration;
  cloud: Cloud;
  credential: TokenCredential;
  subscriptionId: string;
  client: ArmClient;
  /** Location of a resource group, asked for once per process; undefined when it can't be found out. */
  resourceGroupLocation(name: string, operation: EngineCall): Promise<string | undefined>;
}

export async function openSession(
  variables: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
  transport: HttpClient,
  operation: EngineCall,
): Promise<Session> {
  const config = readConfiguration(variables, environment);
  const cloud = await findCloud(config, transport, operation);
  const identity = await findIdentity(config, cloud, transport);
  const credential = explainedSignIn(identity.credential, cloud.loginEndpoint);
  const { subscriptionId } = identity;
  const userAgent = `pulumi-azure-native-stand-in/${version()}`;
  const client = new ArmClient(cloud.resourceManager, credential, `${cloud.audience}/.default`, transport, userAgent);
  const locations = new Map<string, Promise<string | undefined>>();
  const askLocation = async (name: string, asking: EngineCall): Promise<string | undefined> => {
    const path = `/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(name)}`;
    const answer = await client.get(path, "2020-10-01", asking).catch(() => undefined);
    return typeof answer?.body?.location === "string" ? answer.body.location : undefined;
  };
  return {
    config,
    cloud,
    credential,
    subscriptionId,
    client,
    resourceGroupLocation(name, asking) {
      const known = locations.get(name) ?? askLocation(name, asking);
      locations.set(name, known);
      return known;
    },
  };
}
