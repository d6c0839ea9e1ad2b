import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ADMIN_HEADER } from "./admin/admin-header";
import type { Fault, FaultRequest } from "./faults/fault";
import { shippedPage } from "./live/page-source";
import { connectionOf, seedAccount } from "./rehearsal/seeded-account";
import { isLoopback, startServer } from "./service/server";
import { issueAccessToken } from "./sign-in/tokens";
import { seedState } from "./storage/seed-state";
import { ManualClock } from "./world/clock";
import { instantSettings, type Settings } from "./world/settings";

export type { Fault, FaultAction, FaultRequest } from "./faults/fault";
export type { Settings } from "./world/settings";

export interface LocalAzureOptions {
  /** Address to listen on. Default 127.0.0.1: this machine alone. */
  host?: string;
  /** Host names and IP addresses by which others reach it: its certificate is for them too, and the first is in `endpoint`. */
  names?: readonly string[];
  /** On that address. Default: any free one. */
  port?: number;
  /** Where the state is kept, with certificates and uploads beside it. Default: a temporary folder, which `close` removes. */
  stateFile?: string;
  /** A state file of an earlier run to begin with, where `stateFile` is not there yet. */
  seedState?: string;
  /** How long things take. Default: nothing takes time. */
  settings?: Partial<Settings>;
  /** `manual`: time stands still but for `advance`, from now or from this moment on. Default: the machine's clock, which `advance` moves forward. */
  clock?: "manual" | Date;
}

/** A running service with an account that answers at once. */
export interface LocalAzure {
  /** `https://localhost:<port>`, or by the first of `names`: metadata, sign-in, Resource Manager. */
  endpoint: string;
  /** Certificate authority that clients must trust, as PEM and as a file. */
  caPem: string;
  caFile: string;
  tenantId: string;
  subscriptionId: string;
  /** An application that owns the subscription. */
  clientId: string;
  clientSecret: string;
  resourceGroup: string;
  location: string;
  /** Name, address (ending in `/`) and key of the account. */
  account: string;
  accountEndpoint: string;
  key: string;
  /** Link to a page that shows live what is there and what is asked, for a browser on this machine. */
  livePage: string;
  /** Milliseconds since 1970, by the service's clock. */
  now(): number;
  /** Moves the clock forward: jobs train, deployments idle, tokens expire. */
  advance(ms: number): void;
  /** Changes how long things take from now on. @throws Error naming a setting that is unknown */
  change(settings: Partial<Settings>): Promise<void>;
  /**
   * Deploys a model to the account: `gpt-4o-mini` by its name, or the `fine_tuned_model` of a job.
   * @throws Error with what Resource Manager says against it
   */
  deploy(deployment: string, model: string): Promise<void>;
  /** Lets a fault happen. */
  addFault(fault: FaultRequest): Promise<Fault>;
  /** The faults, with how often each matched and happened. */
  faults(): Promise<Fault[]>;
  clearFaults(): Promise<void>;
  /**
   * The last 10,000 requests: method, path, status, duration in milliseconds, user agent, request ID, and whether the connection closed before the
   * answer; nothing secret.
   */
  requests(): Promise<
    { method: string; path: string; status: number; at: number; ms?: number; agent?: string; id: string; left?: true }[]
  >;
  close(): Promise<void>;
}

/** Starts the service in this process. */
export async function startLocalAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const temporary = options.stateFile === undefined ? mkdtempSync(path.join(tmpdir(), "local-azure-")) : undefined;
  const stateFile = options.stateFile ?? path.join(temporary ?? "", "state.json");
  if (options.seedState !== undefined) seedState(options.seedState, stateFile);
  const { clock, host, names, port } = options;
  const server = await startServer({
    ...{ stateFile, host, names },
    ...(port !== undefined && { port }),
    settings: { ...instantSettings, ...options.settings },
    page: shippedPage(),
    ...(isLoopback(host) && { livePort: 0 }),
    ...(clock !== undefined && { clock: new ManualClock(clock === "manual" ? Date.now() : clock.getTime()) }),
    flush: temporary === undefined,
  });
  const { world, app } = server;
  const account = world.state.accounts[0] ?? seedAccount(world);
  /** A clock of one's own is not the machine's: the next run of this state, or a copy of it, goes on from its time. */
  const keepTime = () => {
    if (clock === undefined) return;
    world.state.clockOffsetMs = world.clock.now() - Date.now();
    world.save();
  };
  const ask = async (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object): Promise<unknown> => {
    const answer = await app.inject({
      method,
      url: `/local-azure${url}`,
      headers: { [ADMIN_HEADER]: world.state.adminToken },
      ...(payload && { payload }),
    });
    const body = JSON.parse(answer.body) as { error?: { message: string } };
    if (body.error) throw new Error(body.error.message);
    return body;
  };
  const connection = connectionOf(world, account) as Required<ReturnType<typeof connectionOf>>;
  return {
    ...connection,
    deploy: async (deployment, model) => {
      const [deployer] = world.state.clients;
      const answer = await app.inject({
        method: "PUT",
        url: `${account.id}/deployments/${encodeURIComponent(deployment)}?api-version=2025-06-01`,
        headers: { authorization: `Bearer ${issueAccessToken(world, deployer!, world.origin)}` },
        payload: { sku: { name: "Standard", capacity: 10 }, properties: { model: { format: "OpenAI", name: model } } },
      });
      const { error } = JSON.parse(answer.body) as { error?: { code: string; message: string } };
      if (error) throw new Error(`${error.code}: ${error.message}`);
    },
    caPem: server.certificates.caPem,
    now: () => world.clock.now(),
    advance: (ms) => {
      world.advance(ms);
      keepTime();
    },
    change: async (settings) => void (await ask("PATCH", "/settings", settings)),
    addFault: async (fault) => (await ask("POST", "/faults", fault)) as Fault,
    faults: async () => ((await ask("GET", "/faults")) as { faults: Fault[] }).faults,
    clearFaults: async () => void (await ask("DELETE", "/faults")),
    requests: async () =>
      ((await ask("GET", "/requests")) as { requests: Awaited<ReturnType<LocalAzure["requests"]>> }).requests,
    close: async () => {
      keepTime();
      await server.close();
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
