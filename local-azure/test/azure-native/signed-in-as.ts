import { findCloud } from "../../src/azure-native/cloud";
import { readConfiguration } from "../../src/azure-native/configuration";
import { findIdentity } from "../../src/azure-native/credential";
import { timedWait } from "../../src/azure-native/engine-call";
import { defaultTransport } from "../../src/azure-native/transport";

/** Signs in with what the environment has, and prints who that is. */
async function main(): Promise<void> {
  const httpClient = defaultTransport(process.env);
  const config = readConfiguration(new Map(), process.env);
  const { signal } = new AbortController();
  const operation = { signal, wait: (ms: number) => timedWait(ms, signal), warn: console.error };
  const cloud = await findCloud(config, httpClient, operation);
  const { credential, subscriptionId } = await findIdentity(config, cloud, httpClient);
  const token = await credential.getToken(`${cloud.audience}/.default`);
  const { oid } = JSON.parse(Buffer.from(token!.token.split(".")[1]!, "base64url").toString("utf8")) as { oid: string };
  process.stdout.write(JSON.stringify({ oid, subscriptionId }));
}

void main();
