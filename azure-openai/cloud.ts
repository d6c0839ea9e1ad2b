import { Calls } from "./calls";
import type { Clock } from "./clock";
import { AzureFailure } from "./failure";
import { outboundFetch } from "./outbound/fetch";
import type { AzureSettings } from "./settings";

/** Addresses and token scopes of one Azure cloud. */
export interface Cloud {
  /** Where Entra ID signs in, e.g. `https://login.microsoftonline.com`. */
  loginEndpoint: string;
  /** Azure Resource Manager, e.g. `https://management.azure.com`. */
  resourceManager: string;
  resourceManagerScope: string;
  /** Scope of tokens for the Azure OpenAI data plane. */
  openAiScope: string;
  /** Domain of storage accounts, e.g. `core.windows.net`. */
  storageDomain: string;
  /** Whether it says of itself that it is a rehearsal service. */
  rehearsal?: boolean;
}

/** Of the public cloud. */
export const PUBLIC_STORAGE = "core.windows.net";

/** The clouds that azure-native knows by name. Data-plane audiences: Cognitive Services authentication pages of each cloud. */
const NAMED_CLOUDS: Record<string, Cloud> = {
  public: {
    loginEndpoint: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    resourceManagerScope: "https://management.azure.com/.default",
    openAiScope: "https://cognitiveservices.azure.com/.default",
    storageDomain: PUBLIC_STORAGE,
  },
  usgovernment: {
    loginEndpoint: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    resourceManagerScope: "https://management.usgovcloudapi.net/.default",
    openAiScope: "https://cognitiveservices.azure.us/.default",
    storageDomain: "core.usgovcloudapi.net",
  },
  china: {
    loginEndpoint: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    resourceManagerScope: "https://management.chinacloudapi.cn/.default",
    openAiScope: "https://cognitiveservices.azure.cn/.default",
    storageDomain: "core.chinacloudapi.cn",
  },
};

/** Name in the description of a cloud (metadata endpoint) by which local-azure says what it is; Azure's own are AzureCloud and the like. */
const REHEARSAL = "LocalAzure";

/** Long enough for a slow line, short enough that a wrong host is no silence. */
const METADATA_TIMEOUT_MS = 15_000;

/** The cloud that the settings name: by its metadata host, else by its name. @throws AzureFailure */
export async function findCloud(settings: AzureSettings, clock: Clock): Promise<Cloud> {
  if (settings.metadataHost) return fetchCloud(settings.metadataHost, clock);
  const cloud = NAMED_CLOUDS[settings.environment.toLowerCase()];
  if (cloud) return cloud;
  throw new AzureFailure(
    `azure-native:environment is "${settings.environment}"; expected ${Object.keys(NAMED_CLOUDS).join(", ")}. For another cloud, set azure-native:metadataHost.`,
  );
}

async function fetchCloud(metadataHost: string, clock: Clock): Promise<Cloud> {
  const origin = withoutSlash(metadataHost.includes("://") ? metadataHost : `https://${metadataHost}`);
  const calls = new Calls({ clock, target: origin, renewToken: () => undefined });
  const document = await calls.run("Reading the description of the cloud", () => fetchDocument(origin));
  const loginEndpoint = document.authentication?.loginEndpoint;
  const audience = document.authentication?.audiences?.[0];
  const resourceManager = document.resourceManager;
  if (!loginEndpoint || !audience || !resourceManager) {
    throw new AzureFailure(
      `${origin} does not describe an Azure cloud (loginEndpoint, audiences or resourceManager missing): check azure-native:metadataHost / ARM_METADATA_HOSTNAME.`,
    );
  }
  return {
    loginEndpoint: withoutSlash(loginEndpoint),
    resourceManager: withoutSlash(resourceManager),
    resourceManagerScope: `${audience}/.default`,
    // The document has no data-plane audience; the public one is what Azure OpenAI's own specification names.
    openAiScope: "https://cognitiveservices.azure.com/.default",
    storageDomain: document.suffixes?.storage ?? PUBLIC_STORAGE,
    rehearsal: document.name === REHEARSAL,
  };
}

interface MetadataDocument {
  name?: string;
  authentication?: { loginEndpoint?: string; audiences?: string[] };
  resourceManager?: string;
  suffixes?: { storage?: string };
}

async function fetchDocument(origin: string): Promise<MetadataDocument> {
  const url = `${origin}/metadata/endpoints?api-version=2022-09-01`;
  const response = await outboundFetch(url, { signal: AbortSignal.timeout(METADATA_TIMEOUT_MS) });
  // Some gateways send nothing, or `null`, which describes no cloud.
  if (response.status === 200) return (await response.json()) ?? {};
  throw new AzureFailure(
    `${url} returned ${response.status}. Check azure-native:metadataHost / ARM_METADATA_HOSTNAME.`,
    { status: response.status },
  );
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
