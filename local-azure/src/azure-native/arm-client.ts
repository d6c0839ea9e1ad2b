import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  decompressResponsePolicy,
  proxyPolicy,
  type HttpClient,
  type HttpMethods,
  type Pipeline,
} from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { ArmAnswer } from "./arm-answer";
import type { EngineCall } from "./engine-call";
import { isUnregistered, registerNamespace } from "./namespace-registration";
import { withRetries } from "./retries";
import { asNoAnswer, jsonRequest } from "./transport";
import { isObject, type Properties, type Value } from "./values";

/** Talks to the Resource Manager of one cloud as one identity. Answers of any status are returned, not thrown. */
export class ArmClient {
  private readonly pipeline: Pipeline;

  /**
   * @param resourceManager - origin, without a slash at the end
   * @param scope - of the tokens
   */
  constructor(
    private readonly resourceManager: string,
    credential: TokenCredential,
    scope: string,
    private readonly transport: HttpClient,
    private readonly userAgent: string,
  ) {
    this.pipeline = createEmptyPipeline();
    this.pipeline.addPolicy(proxyPolicy());
    this.pipeline.addPolicy(decompressResponsePolicy());
    this.pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }), { phase: "Sign" });
  }

  get(path: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer> {
    return this.send("GET", this.url(path, apiVersion), undefined, operation);
  }

  /** When the resource provider's namespace is not registered in the subscription, it is, and the PUT repeated. */
  async put(path: string, apiVersion: string, body: Properties, operation: EngineCall): Promise<ArmAnswer> {
    const url = this.url(path, apiVersion);
    const answer = await this.send("PUT", url, body, operation);
    if (!isUnregistered(answer)) return answer;
    await registerNamespace(this, path, operation);
    return this.send("PUT", url, body, operation);
  }

  post(path: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer> {
    return this.send("POST", this.url(path, apiVersion), {}, operation);
  }

  delete(path: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer> {
    return this.send("DELETE", this.url(path, apiVersion), undefined, operation);
  }

  /**
   * GET of a polling URL as the service gave it. A relative one is made absolute and gets the api-version.
   * @throws Error for an address outside Resource Manager: every request carries the token, which no other host may see
   */
  async poll(url: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer> {
    const absolute = /^[a-z][a-z0-9+.-]*:|^[\\/]{2}/i.test(url) ? url : this.url(url, apiVersion);
    const own = new URL(this.resourceManager).origin;
    const origin = originOf(absolute);
    if (origin !== own) {
      throw new Error(
        `The answer says that the operation's progress is at ${origin ?? "a malformed address"}, which is not Resource Manager (${own}): the token was not sent there. ` +
          "Check whether a proxy or gateway answers in Azure's place; the operation itself may have been started.",
      );
    }
    return this.send("GET", absolute, undefined, operation);
  }

  private url(path: string, apiVersion: string): string {
    const url = new URL(this.resourceManager + path);
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", apiVersion);
    return url.href;
  }

  private send(method: HttpMethods, url: string, body: Properties | undefined, operation: EngineCall) {
    return withRetries(async () => {
      const request = jsonRequest(method, url, body && JSON.stringify(sorted(body)), operation.signal);
      request.headers.set("user-agent", this.userAgent);
      try {
        return new ArmAnswer(await this.pipeline.sendRequest(this.transport, request));
      } catch (error) {
        if (operation.signal.aborted) throw operation.signal.reason;
        throw asNoAnswer(error, url);
      }
    }, operation);
  }
}

/** `https://host:port`; undefined for what is no absolute web address. */
function originOf(url: string): string | undefined {
  const { protocol, origin } = URL.canParse(url) ? new URL(url) : { protocol: "", origin: "" };
  return protocol === "https:" || protocol === "http:" ? origin : undefined;
}

/** Names in alphabetical order at every depth, as azure-native sends them. */
function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
