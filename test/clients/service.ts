import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startForTest, type TestService } from "local-azure/testing";
import type { AccountRecord } from "local-azure/world/state";
import { cognitiveServices } from "../../local-azure/test/clients";
import { deploy } from "../../local-azure/test/data-plane/deployments";
import { specs } from "../../local-azure/test/data-plane/published-schemas";
import { questions, trainingText } from "../../local-azure/test/data-plane/examples";
import { fineTunedModel } from "../../local-azure/test/fine-tuned-model";
import { FaultProxy } from "../support/fault-proxy";
import { trustAuthority } from "../support/trust";
import type { Client } from "./clients";
import { Recorder } from "./recorder";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const OPENAI_CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";
const FOUNDRY_USER = "53ca6127-db72-4b80-b1b0-d745d6d5456d";
const BASE_MODEL = "gpt-4o-mini-2024-07-18";
const [question, answer] = questions[5]!;

/** local-azure for other people's clients: the machine's clock, waits of a second, every answer recorded. */
export class ClientService {
  private accounts = 0;

  private constructor(
    private readonly service: TestService,
    private readonly proxy: FaultProxy,
    private readonly folder: string,
    readonly recorder: Recorder,
  ) {}

  static async start(): Promise<ClientService> {
    let skipped = 0;
    const clock = { now: () => Date.now() + skipped, advance: (ms: number) => void (skipped += ms) };
    const second = { trainingSeconds: 2, fileSeconds: 1, deploymentSeconds: 1, accountSeconds: 1 };
    const service = await startForTest({ clock, settings: second });
    trustAuthority(service.caPem);
    const proxy = await FaultProxy.before(service);
    const recorder = new Recorder();
    proxy.watch = (incoming, outgoing) => recorder.watch(incoming, outgoing);
    const folder = mkdtempSync(path.join(tmpdir(), "clients-"));
    writeFileSync(path.join(folder, "rows.jsonl"), trainingText());
    return new ClientService(service, proxy, folder, recorder);
  }

  /**
   * An account with a deployed fine-tuned model, and an application that may do everything, as environment variables: test/clients/README.md
   * has the table.
   */
  async environmentFor({ name, project }: Client): Promise<Record<string, string>> {
    const { service, folder } = this;
    this.recorder.client = undefined;
    // Deployments of fine-tuned models are counted for the whole subscription.
    for (const before of service.world.state.accounts) before.deployments = [];
    const account = service.addAccount(`Client${++this.accounts}`, project && { allowProjectManagement: true });
    if (project) await this.addProject(account);
    const embedding = { name: "text-embedding-3-small", version: "1", format: "OpenAI" };
    deploy(service, account, "embedding", embedding.name, { model: embedding });
    deploy(service, account, "tuned", await fineTunedModel(service, account, "prepared"));
    const { clientId, clientSecret } = service.addClient({
      displayName: name,
      roles: [OWNER, OPENAI_CONTRIBUTOR, FOUNDRY_USER],
    });
    const { caFile } = service;
    this.recorder.client = name;
    return {
      ...{ NODE_EXTRA_CA_CERTS: caFile, SSL_CERT_FILE: caFile, REQUESTS_CA_BUNDLE: caFile },
      LOCAL_AZURE_ENDPOINT: this.proxy.origin,
      LOCAL_AZURE_ACCOUNT: account.name,
      LOCAL_AZURE_ACCOUNT_ENDPOINT: service.endpointOf(account),
      LOCAL_AZURE_PROJECT_ENDPOINT: project ? `${service.endpointOf(account)}api/projects/first` : "",
      LOCAL_AZURE_KEY: account.keys[0],
      LOCAL_AZURE_RESOURCE_GROUP: account.resourceGroup,
      LOCAL_AZURE_SUBSCRIPTION_ID: service.subscriptionId,
      LOCAL_AZURE_TENANT_ID: service.tenantId,
      LOCAL_AZURE_CLIENT_ID: clientId,
      LOCAL_AZURE_CLIENT_SECRET: clientSecret,
      LOCAL_AZURE_PRINCIPAL_ID: service.stranger.objectId,
      LOCAL_AZURE_BASE_MODEL: BASE_MODEL,
      LOCAL_AZURE_ROWS_FILE: path.join(folder, "rows.jsonl"),
      LOCAL_AZURE_DEPLOYMENT: "tuned",
      LOCAL_AZURE_EMBEDDING_DEPLOYMENT: "embedding",
      LOCAL_AZURE_IDENTITY_ENDPOINT: `${this.proxy.origin}/local-azure/identity/token`,
      LOCAL_AZURE_IDENTITY_HEADER: service.world.state.managedIdentitySecret,
      LOCAL_AZURE_SPECS: specs,
      LOCAL_AZURE_QUESTION: question,
      LOCAL_AZURE_ANSWER: answer,
      LOCAL_AZURE_FOLDER: mkdtempSync(path.join(folder, "client-")),
    };
  }

  private async addProject(account: AccountRecord): Promise<void> {
    account.kind = "AIServices";
    const { projects } = cognitiveServices({ ...this.service, origin: this.proxy.origin });
    const body = { location: account.location, identity: { type: "SystemAssigned" as const }, properties: {} };
    await projects.beginCreateAndWait(account.resourceGroup, account.name, "first", body);
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.service.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
