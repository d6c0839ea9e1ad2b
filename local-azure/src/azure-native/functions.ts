import { ArmError } from "./arm-answer";
import { armPath } from "./arm-path";
import { outputsOf } from "./conversion";
import { getFunctions, type GetFunction } from "./function-types";
import type { EngineCall } from "./engine-call";
import type { Session } from "./session";
import { plainProperties, secret, type Properties } from "./values";

/** Calls a function of the SDK (Pulumi's "invoke"). */
export async function invoke(
  token: string,
  args: Properties,
  session: Session,
  operation: EngineCall,
): Promise<Properties> {
  if (token === "azure-native:authorization:getClientConfig") return clientConfig(session);
  if (token === "azure-native:authorization:getClientToken") {
    const endpoint = args.endpoint;
    const resource = typeof endpoint === "string" && endpoint ? endpoint : `${session.cloud.resourceManager}/`;
    return { token: secret(await accessToken(session, `${resource}/.default`)) };
  }
  const found = getFunctions.find((candidate) => candidate.token === token);
  if (found) return lookUp(found, plainProperties(args), session, operation);
  const served = [
    ...getFunctions.map((candidate) => candidate.token),
    "azure-native:authorization:getClientConfig",
    "getClientToken",
  ];
  throw new Error(
    `The stand-in azure-native plugin does not support the function ${token}, only ${served.join(", ")}. ` +
      "Install the official azure-native plugin to use others.",
  );
}

async function lookUp(
  found: GetFunction,
  args: Properties,
  session: Session,
  operation: EngineCall,
): Promise<Properties> {
  const path = armPath(found.path, { ...args, subscriptionId: session.subscriptionId });
  const answer = await session.client.get(path, found.apiVersion, operation);
  if (answer.status !== 200 || !answer.body) throw new Error(`request failed ${path}: ${ArmError.of(answer).message}`);
  return { ...outputsOf(found.answer, answer.body), azureApiVersion: found.apiVersion };
}

/** Reads the token's claims; its signature is the service's business. */
async function clientConfig(session: Session): Promise<Properties> {
  const { graph } = session.cloud;
  if (!graph) throw new Error("The provider configuration must include a value for microsoftGraphEndpoint");
  const token = await accessToken(session, `${graph}/.default`);
  const { oid, appid, tid } = claimsOf(token);
  if (!oid)
    throw new Error("The access token holds no object id (claim oid), so getClientConfig cannot say who is signed in.");
  return {
    clientId: appid ?? session.config.clientId ?? "",
    objectId: oid,
    subscriptionId: session.subscriptionId,
    tenantId: tid ?? session.config.tenantId ?? "",
  };
}

async function accessToken(session: Session, scope: string): Promise<string> {
  const token = await session.credential.getToken(scope);
  if (!token) throw new Error(`Sign-in returned no access token for ${scope}.`);
  return token.token;
}

function claimsOf(token: string): { oid?: string; appid?: string; tid?: string } {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, string>;
  } catch {
    throw new Error("The access token is not a JWT, so getClientConfig cannot say who is signed in.");
  }
}
