import type { HttpClient } from "@azure/core-rest-pipeline";
import { ArmAnswer } from "./arm-answer";
import type { Configuration } from "./configuration";
import type { EngineCall } from "./engine-call";
import { withRetries } from "./retries";
import { asNoAnswer, jsonRequest } from "./transport";
import { isObject, type Properties, type Value } from "./values";

/** Where one Azure cloud is; URLs without a slash at the end. */
export interface Cloud {
  resourceManager: string;
  loginEndpoint: string;
  /** Of tokens for Resource Manager, as published: a slash at its end belongs to it. */
  audience: string;
  /** Audience of the tokens that getClientConfig reads. */
  graph: string;
}

/** Azure's own clouds (Azure SDK for Go, `azcore/cloud`; Microsoft Graph national clouds). */
const clouds: Record<string, Cloud> = {
  public: {
    resourceManager: "https://management.azure.com",
    loginEndpoint: "https://login.microsoftonline.com",
    audience: "https://management.azure.com",
    graph: "https://graph.microsoft.com",
  },
  usgovernment: {
    resourceManager: "https://management.usgovcloudapi.net",
    loginEndpoint: "https://login.microsoftonline.us",
    audience: "https://management.usgovcloudapi.net",
    graph: "https://graph.microsoft.us",
  },
  china: {
    resourceManager: "https://management.chinacloudapi.cn",
    loginEndpoint: "https://login.chinacloudapi.cn",
    audience: "https://management.core.chinacloudapi.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
  },
};

/** The first request of all, for a small document: a host that is not there shows here and shows soon. */
const ANSWER_TIMEOUT_MS = 10_000;

/** The cloud that the metadata host describes, else the named one. */
export async function findCloud(config: Configuration, transport: HttpClient, operation: EngineCall): Promise<Cloud> {
  if (config.metadataHost) return describedCloud(config.metadataHost, transport, operation);
  const cloud = clouds[config.environment.toLowerCase()];
  if (cloud) return cloud;
  throw new Error(
    `azure-native:environment is "${config.environment}": it must be one of ${Object.keys(clouds).join(", ")}. ` +
      "For any other cloud set azure-native:metadataHost (ARM_METADATA_HOSTNAME).",
  );
}

async function describedCloud(metadataHost: string, transport: HttpClient, operation: EngineCall): Promise<Cloud> {
  const origin = metadataHost.includes("://") ? metadataHost.replace(/\/+$/, "") : `https://${metadataHost}`;
  const url = `${origin}/metadata/endpoints?api-version=2022-09-01`;
  if (!URL.canParse(url)) throw new Error(`azure-native:metadataHost "${metadataHost}" is not a host name with port.`);
  const answer = await withRetries(async () => {
    try {
      const request = jsonRequest("GET", url, undefined, operation.signal);
      request.timeout = ANSWER_TIMEOUT_MS;
      return new ArmAnswer(await transport.sendRequest(request));
    } catch (error) {
      throw asNoAnswer(error, url);
    }
  }, operation);
  if (answer.status !== 200) throw new Error(`The metadata host answered ${answer.status} to GET ${url}.`);
  return cloudOf(metadataDocument(answer.text), url);
}

function metadataDocument(text: string): Properties {
  try {
    const document = JSON.parse(text.replace(/^\uFEFF/, "")) as Value;
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

function cloudOf(document: Properties, url: string): Cloud {
  const authentication = isObject(document.authentication) ? document.authentication : {};
  const audiences = Array.isArray(authentication.audiences) ? authentication.audiences : [];
  const required = (name: string, value: Value | undefined): string => {
    if (typeof value === "string" && value) return value;
    throw new Error(`The metadata document at ${url} has no ${name}.`);
  };
  const withoutSlash = (value: string) => value.replace(/\/+$/, "");
  return {
    resourceManager: withoutSlash(required("resourceManager", document.resourceManager)),
    loginEndpoint: withoutSlash(required("authentication.loginEndpoint", authentication.loginEndpoint)),
    audience: required("authentication.audiences", audiences[0]),
    graph: typeof document.microsoftGraphResourceId === "string" ? document.microsoftGraphResourceId : "",
  };
}
