import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { addAccount } from "./arm/new-account";
import { ManualClock, type Clock } from "./world/clock";
import { accountEndpoint } from "./arm/account-view";
import type { PageSource } from "./live/page-source";
import { startServer } from "./service/server";
import type { Certificates } from "./storage/certificates";
import { testKeys } from "./storage/test-keys";
import { addClient, type NewClient } from "./sign-in/clients";
import type { AccountRecord, ClientRecord } from "./world/state";
import { instantSettings, type Settings } from "./world/settings";
import type { World } from "./world/world";

export { ManualClock };

export interface TestOptions {
  /** Default: a manual clock at 2026-11-22 12:00 UTC. */
  clock?: Clock & { advance(ms: number): void };
  /** Default: nothing takes time, except what is set here. */
  settings?: Partial<Settings>;
  /** Makes the live page. Default: there is none. */
  page?: PageSource;
  /** Port of 127.0.0.1 for the live page, 0 for any free one. Default: no listener for it. */
  livePort?: number;
}

export interface TestService {
  /** `https://localhost:<port>` */
  origin: string;
  caPem: string;
  caFile: string;
  certificates: Certificates;
  world: World;
  tenantId: string;
  subscriptionId: string;
  /** Owner of the subscription; has no data actions until given a role. */
  deployer: ClientRecord;
  /** Signs in, but has no role at all. */
  stranger: ClientRecord;
  /** Another application, with these roles (GUIDs) on the subscription. */
  addClient(client: NewClient): ClientRecord;
  /** An account of kind OpenAI in ResourceGroup1, ready at once; `properties` over keys enabled and a subdomain like the name. */
  addAccount(name: string, properties?: AccountRecord["properties"]): AccountRecord;
  /** `https://localhost:<port>/accounts/<subdomain>/` */
  endpointOf(account: AccountRecord): string;
  advance(ms: number): void;
  /** Answers a request that another server has received, as if it had come to the service itself. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** The service in this process, on a free port, over a fresh temporary folder that `close` removes. */
export async function startForTest(options: TestOptions = {}): Promise<TestService> {
  const folder = mkdtempSync(path.join(tmpdir(), "local-azure-"));
  const server = await startServer({
    stateFile: path.join(folder, "state.json"),
    ...(await testKeys()),
    flush: false,
    clock: options.clock ?? new ManualClock(),
    page: options.page,
    livePort: options.livePort,
    settings: { ...instantSettings, ...options.settings },
  });
  const { world, certificates } = server;
  const [deployer] = world.state.clients as [ClientRecord];
  return {
    origin: world.origin,
    caPem: certificates.caPem,
    caFile: certificates.caFile,
    certificates,
    world,
    tenantId: world.state.tenantId,
    subscriptionId: world.state.subscriptionId,
    deployer,
    stranger: addClient(world, { displayName: "stranger" }),
    addClient: (client) => addClient(world, client),
    addAccount: (name, properties = {}) => {
      const account = addAccount(world, {
        name,
        resourceGroup: "ResourceGroup1",
        location: "northcentralus",
        kind: "OpenAI",
        sku: { name: "S0" },
        properties: { customSubDomainName: name.toLowerCase(), ...properties },
        createdBy: deployer.clientId,
      });
      account.readyAt = account.createdAt;
      return account;
    },
    endpointOf: (account) => accountEndpoint(world, account),
    advance: (ms) => world.advance(ms),
    answer: (request, response) => server.answer(request, response),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
