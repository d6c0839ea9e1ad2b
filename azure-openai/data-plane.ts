import { AzureOpenAI, OpenAI } from "openai";
import type { Calls } from "./calls";
import { Chat } from "./chat";
import { ANSWER_MS, Requests } from "./requests";
import { outboundFetch } from "./outbound/fetch";
import { RemoteGraders } from "./remote-graders";
import { RemoteFiles } from "./remote-files";
import { RemoteJobs } from "./remote-jobs";
import { RemoteModels } from "./remote-models";
import { RemoteUploads } from "./remote-uploads";
import type { ServiceTime } from "./service-time";

/**
 * Newest dated version of the authoring API that was published. It has what v1 lacks: the uploads API and DELETE of a
 * fine-tuning job (both are in its specification and in the stable 2024-10-21, in neither v1 document).
 */
const DATED_API_VERSION = "2025-04-01-preview";

/**
 * The data plane of one account in both of its flavours. Everything goes to v1, which Azure documents as the one to use, save what
 * only the dated API has. The clients' own retries are off: calls.ts repeats, on a clock that tests can move, and never a paid POST.
 */
export class DataPlane {
  readonly files: RemoteFiles;
  readonly uploads: RemoteUploads;
  readonly jobs: RemoteJobs;
  readonly models: RemoteModels;
  readonly graders: RemoteGraders;
  readonly chat: Chat;
  /**
   * Chat with deployments of other formats than OpenAI's, which the dated API alone serves (microsoft/azure-skills, 2026-08). It names the address
   * `<subdomain>.cognitiveservices.azure.com`; that the account's OpenAI address does the same is a guess.
   */
  readonly datedChat: Chat;

  /**
   * @param endpoint - of the account, with a slash at the end
   * @param token - gives a valid access token; asked before every request, so that long waits survive expiry
   * @param time - learns from every answer what time it is for the service
   */
  constructor(
    endpoint: string,
    token: () => Promise<string>,
    calls: Calls,
    readonly time: ServiceTime,
  ) {
    const common = { fetch: outboundFetch, maxRetries: 0, timeout: ANSWER_MS, organization: null, project: null };
    const v1 = new OpenAI({ ...common, baseURL: `${endpoint}openai/v1`, apiKey: token });
    const dated = new AzureOpenAI({
      ...common,
      baseURL: `${endpoint}openai`,
      apiVersion: DATED_API_VERSION,
      azureADTokenProvider: token,
      // Else the client takes AZURE_OPENAI_API_KEY, which people set from this stack's own outputs.
      apiKey: "",
    });
    const requests = new Requests(v1, time);
    this.files = new RemoteFiles(requests, calls);
    this.uploads = new RemoteUploads(new Requests(dated, time), calls);
    this.jobs = new RemoteJobs(requests, new Requests(dated, time), calls);
    this.models = new RemoteModels(requests, calls);
    this.graders = new RemoteGraders(requests, calls);
    this.chat = new Chat(v1, calls);
    this.datedChat = new Chat(dated, calls);
  }
}
