import { upgradeAccount } from "../arm/upgrade-account";
import { findDeployment } from "../arm/resources";
import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import { addDeploymentFault } from "../faults/deployment-fault";
import type { FaultRequest, Faults } from "../faults/fault";
import { bodyObject, param } from "../http/request";
import { addClient } from "../sign-in/clients";
import type { Settings } from "../world/settings";
import type { World } from "../world/world";
import { counters } from "./counters";
import { registerJobFaults } from "./job-faults";
import type { RequestLog } from "./request-log";
import { accountNamed, adminRoutes } from "./route";

/**
 * Endpoints under /local-azure/ for tests and tools: move the clock, change settings, count, list requests, and
 * delete resources behind a stack's back. All need the admin token.
 */
export function registerAdmin(app: App, world: World, { log, faults }: { log: RequestLog; faults: Faults }): void {
  const admin = adminRoutes(app, world);
  admin("GET", "/counters", () => counters(world.state));
  admin("GET", "/requests", () => ({ requests: log.list() }));
  admin("GET", "/clock", () => ({ now: world.clock.now() }));
  admin("POST", "/clock", (request) => {
    world.advance(wholeNumber(bodyObject(request).advanceMs, "advanceMs"));
    return { now: world.clock.now() };
  });
  admin("GET", "/settings", () => world.settings);
  admin("PATCH", "/settings", (request) => {
    applySettings(world, bodyObject(request));
    return world.settings;
  });
  admin("GET", "/faults", () => ({ faults: faults.all() }));
  admin("POST", "/faults", (request) => faults.add(bodyObject(request) as unknown as FaultRequest));
  admin("DELETE", "/faults", () => {
    faults.clear();
    return {};
  });
  admin("POST", "/accounts/:account/deployment-faults", (request) => {
    addDeploymentFault(accountNamed(world, request), bodyObject(request));
    return saved(world);
  });
  registerJobFaults(admin, world);
  admin("POST", "/clients", (request) => {
    const { displayName = "client", ...more } = bodyObject(request);
    const client = addClient(world, { ...more, displayName: String(displayName) });
    world.save();
    return client;
  });
  admin("DELETE", "/accounts/:account", (request) => {
    const account = accountNamed(world, request);
    world.state.accounts = world.state.accounts.filter((other) => other !== account);
    return saved(world);
  });
  admin("POST", "/accounts/:account/upgrade", (request) => {
    upgradeAccount(world, accountNamed(world, request));
    return saved(world);
  });
  admin("DELETE", "/accounts/:account/deployments/:name", (request) => {
    const account = accountNamed(world, request);
    const deployment = findDeployment(account, param(request, "name"));
    account.deployments = remove(account.deployments, deployment, param(request, "name"));
    return saved(world);
  });
  admin("DELETE", "/accounts/:account/jobs/:id", (request) => {
    const { dataPlane } = accountNamed(world, request);
    const id = param(request, "id");
    dataPlane.jobs = remove(
      dataPlane.jobs,
      dataPlane.jobs.find((job) => job.id === id),
      id,
    );
    return saved(world);
  });
  admin("DELETE", "/accounts/:account/files/:id", (request) => {
    const { dataPlane } = accountNamed(world, request);
    const id = param(request, "id");
    dataPlane.files = remove(
      dataPlane.files,
      dataPlane.files.find((file) => file.id === id),
      id,
    );
    return saved(world);
  });
}

/** Changes settings of the running service. @throws AzureError 400 naming a setting that is unknown or of the wrong kind */
export function applySettings(world: Pick<World, "settings">, changes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(changes)) {
    const current: unknown = world.settings[name as keyof Settings];
    if (typeof current !== typeof value || (typeof value === "number" && !(value >= 0))) {
      const sentence = `Setting ${name} cannot be ${JSON.stringify(value)}; the settings are ${Object.keys(world.settings).join(", ")}.`;
      throw new AzureError(400, "InvalidSetting", sentence);
    }
  }
  Object.assign(world.settings, changes);
}

function remove<T>(from: T[], gone: T | undefined, name: string): T[] {
  if (gone === undefined) throw new AzureError(404, "NotFound", `There is no ${name}.`);
  return from.filter((other) => other !== gone);
}

function saved(world: World): Record<string, never> {
  world.save();
  return {};
}

function wholeNumber(value: unknown, name: string): number {
  if (!Number.isInteger(value) || (value as number) < 0)
    throw new AzureError(400, "InvalidRequestContent", `${name} must be a whole number, 0 or more.`);
  return value as number;
}
