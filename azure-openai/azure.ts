import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import type { TokenCredential } from "@azure/identity";
import { openAiEndpoint } from "./account-endpoint";
import { AccountControl } from "./account-control";
import { parseAccountId } from "./account-reference";
import { Calls } from "./calls";
import { claimsOf } from "./token-claims";
import type { Clock } from "./clock";
import { findCloud, PUBLIC_STORAGE, type Cloud } from "./cloud";
import { chooseCredential } from "./credential";
import { DataPlane, type DataPlaneAddresses } from "./data-plane";
import { AzureFailure } from "./failure";
import { outboundClient } from "./outbound/http-client";
import type { AzureSettings } from "./settings";
import { ServiceTime } from "./service-time";
import { TokenSource } from "./token-source";

/** Subdomains of a cloud under which accounts have their addresses: kind OpenAI, Cognitive Services, and Foundry. */
const ACCOUNT_DOMAINS = ["openai", "cognitiveservices", "services.ai"];

function isOpenAiAddress(url: URL, { openAiScope, resourceManager, rehearsal }: Cloud): boolean {
  // The rehearsal has everything at one address.
  if (rehearsal) return url.origin === new URL(resourceManager).origin;
  const domain = new URL(openAiScope).hostname.replace(/^cognitiveservices\./, "");
  return url.protocol === "https:" && ACCOUNT_DOMAINS.some((name) => url.hostname.endsWith(`.${name}.${domain}`));
}

export interface AzureOptions {
  clock: Clock;
  /** Whether this process runs a `destroy`, which changes the advice about secrets. */
  destroying: () => boolean;
}

/** How to call the data plane. */
export interface DataPlaneOptions {
  /** Wait for role assignments that have not taken effect yet; `tell` gets the line that says so. */
  roleWait?: { tell: (line: string) => void };
}

/** One identity's way to storage accounts. */
export interface StorageAccess {
  /** Gives tokens for Azure Storage as for anything else; they are for its own addresses alone. */
  credential: TokenCredential;
  /** Of the accounts' addresses, e.g. `core.windows.net`. */
  domain: string;
  /** Whether this is the rehearsal, whose tokens are worth nothing at Azure and must not be sent there. */
  rehearsal: boolean;
  calls(target: string): Calls;
  /** Object id of whoever is signed in. */
  principalId(): Promise<string | undefined>;
}

/** One signed-in identity in one cloud: the way to Resource Manager and to the data plane of accounts. */
export class Azure {
  private readonly addresses = new Map<string, Promise<DataPlaneAddresses>>();
  private readonly armTime: ServiceTime;

  private constructor(
    private readonly cloud: Cloud,
    private readonly tokens: TokenSource,
    private readonly clock: Clock,
  ) {
    this.armTime = new ServiceTime(clock);
  }

  /** Finds the cloud and chooses the credential; signs in with the first request. @throws AzureFailure */
  static async connect(settings: AzureSettings, options: AzureOptions): Promise<Azure> {
    const cloud = await findCloud(settings, options.clock);
    // Chosen once here, so that a missing setting is reported before anything else is tried.
    const create = () => chooseCredential(settings, cloud);
    const tokens = new TokenSource(create, settings, cloud.loginEndpoint, options.destroying);
    return new Azure(cloud, tokens, options.clock);
  }

  /** Whether this is the rehearsal service, which is no Azure: nothing there is paid, and its models are toys. */
  get rehearsal(): boolean {
    return this.cloud.rehearsal === true;
  }

  /** Object id of whoever is signed in, as the token for Resource Manager names it; undefined where it names nobody. @throws AzureFailure */
  async principalId(): Promise<string | undefined> {
    const { token } = await this.tokens.getToken(this.cloud.resourceManagerScope);
    const { oid } = claimsOf(token);
    return typeof oid === "string" ? oid : undefined;
  }

  /** Resource Manager's view of the accounts of a subscription. */
  accounts(subscriptionId: string): AccountControl {
    const client = new CognitiveServicesManagementClient(this.tokens, subscriptionId, {
      endpoint: this.cloud.resourceManager,
      httpClient: outboundClient(this.cloud.resourceManager),
      credentialScopes: this.cloud.resourceManagerScope,
      // The calls below have their own retries, on our clock.
      retryOptions: { maxRetries: 0 },
    });
    return new AccountControl(client, this.calls(this.cloud.resourceManager), this.armTime);
  }

  /** What reading from storage accounts takes: who signs in, and where accounts may be. */
  storage(): StorageAccess {
    const { rehearsal = false, storageDomain } = this.cloud;
    return {
      credential: this.tokens,
      // A rehearsal stands for the public cloud: what is set there is rehearsed here.
      domain: rehearsal ? PUBLIC_STORAGE : storageDomain,
      rehearsal,
      calls: (target) => this.calls(target),
      principalId: () => this.principalId(),
    };
  }

  /** The data plane of an account, at the addresses that Resource Manager gives for it. */
  async dataPlane(accountId: string, options: DataPlaneOptions = {}): Promise<DataPlane> {
    const addresses = await this.addressesOf(accountId);
    const token = async () => (await this.tokens.getToken(this.cloud.openAiScope)).token;
    const callsTo = (address: string) => this.calls(address, options.roleWait);
    return new DataPlane(addresses, token, callsTo, new ServiceTime(this.clock));
  }

  /**
   * The data plane at an address that somebody has typed, e.g. `https://<account>.openai.azure.com/`.
   *
   * @throws AzureFailure for an address that is not Azure OpenAI's in this cloud: the token is for no other
   */
  dataPlaneAt(address: string): DataPlane {
    const url = new URL(address);
    if (!isOpenAiAddress(url, this.cloud)) {
      throw new AzureFailure(
        `${url.origin} is not an Azure OpenAI address in this cloud, so no token was sent there. Expected https://<account>.openai.azure.com/.`,
        { neverSent: true, permanent: true },
      );
    }
    const token = async () => (await this.tokens.getToken(this.cloud.openAiScope)).token;
    const at = withSlash(address);
    return new DataPlane({ openAi: at, account: at }, token, () => this.calls(at), new ServiceTime(this.clock));
  }

  /** Asked once per process and account; a failure is forgotten, so that the next call asks again. */
  private addressesOf(accountId: string): Promise<DataPlaneAddresses> {
    const key = accountId.toLowerCase();
    const known = this.addresses.get(key);
    if (known) return known;
    const asked = this.askAddresses(accountId);
    this.addresses.set(key, asked);
    asked.catch(() => this.addresses.delete(key));
    return asked;
  }

  private async askAddresses(accountId: string): Promise<DataPlaneAddresses> {
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
    const { properties } = await this.accounts(subscriptionId).get(resourceGroupName, accountName);
    const openAi = openAiEndpoint(properties);
    if (!openAi) throw new AzureFailure(`The account ${accountName} has no endpoint yet; run the command again.`);
    return { openAi: withSlash(openAi), account: withSlash(properties?.endpoint || openAi) };
  }

  private calls(target: string, roleWait?: DataPlaneOptions["roleWait"]): Calls {
    const origin = new URL(target).origin;
    return new Calls({ clock: this.clock, target: origin, renewToken: () => this.tokens.renew(), roleWait });
  }
}

function withSlash(address: string): string {
  return address.replace(/\/*$/, "/");
}
