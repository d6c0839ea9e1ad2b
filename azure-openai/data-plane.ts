import { AzureOpenAI, OpenAI } from "openai";
import type { Calls } from "./calls";
import { Chat } from "./chat";
import { type ChatApi, chatApiOf, DATED_API_VERSION } from "./chat-api";
import { ANSWER_MS, Requests } from "./requests";
import { outboundFetch } from "./outbound/fetch";
import { RemoteGraders } from "./remote-graders";
import { RemoteFiles } from "./remote-files";
import { RemoteJobs } from "./remote-jobs";
import { RemoteModels } from "./remote-models";
import { RemoteUploads } from "./remote-uploads";
import type { ServiceTime } from "./service-time";

/** Where an account answers, each with a slash at the end. */
export interface DataPlaneAddresses {
  /** Of its OpenAI data plane. */
  openAi: string;
  /** Of the account itself, at which models of other formats are asked: another one for a Foundry account. */
  account: string;
}

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
  private readonly chats: Record<ChatApi, Chat>;

  /**
   * @param token - gives a valid access token; asked before every request, so that long waits survive expiry
   * @param callsTo - makes the calls to one of the addresses
   * @param time - learns from every answer what time it is for the service
   */
  constructor(
    readonly addresses: DataPlaneAddresses,
    token: () => Promise<string>,
    callsTo: (address: string) => Calls,
    readonly time: ServiceTime,
  ) {
    const { openAi, account } = addresses;
    const common = { fetch: outboundFetch, maxRetries: 0, timeout: ANSWER_MS, organization: null, project: null };
    const v1 = new OpenAI({ ...common, baseURL: `${openAi}openai/v1`, apiKey: token });
    const datedAt = (address: string) =>
      new AzureOpenAI({
        ...common,
        baseURL: `${address}openai`,
        apiVersion: DATED_API_VERSION,
        azureADTokenProvider: token,
        // Else the client takes AZURE_OPENAI_API_KEY, which people set from this stack's own outputs.
        apiKey: "",
      });
    const dated = datedAt(openAi);
    const calls = callsTo(openAi);
    const requests = new Requests(v1, time);
    this.files = new RemoteFiles(requests, calls);
    this.uploads = new RemoteUploads(new Requests(dated, time), calls);
    this.jobs = new RemoteJobs(requests, new Requests(dated, time), calls);
    this.models = new RemoteModels(requests, calls);
    this.graders = new RemoteGraders(requests, calls);
    this.chats = { v1: new Chat(v1, calls), dated: new Chat(datedAt(account), callsTo(account)) };
  }

  /** Chat with a deployment of a model of this format (`properties.model.format`). @param format - default `OpenAI` */
  chatWith(format?: string): Chat {
    return this.chats[chatApiOf(format)];
  }
}
