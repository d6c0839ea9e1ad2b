import { startForTest, type TestService } from "../../../src/testing";
import { call, tokenFor } from "../../https-call";

export interface Shown {
  properties: {
    provisioningState: string;
    mode: string;
    outputs?: Record<string, { type: string; value?: unknown }>;
    parameters: unknown;
    outputResources?: { id: string }[];
    error?: { code: string; message: string; details?: unknown };
    duration: string;
  };
}

/** A service without waits but for accounts (5 s), and who deploys templates to ResourceGroup1 there. */
export class Deployer {
  private constructor(readonly service: TestService) {}

  static async start(): Promise<Deployer> {
    return new Deployer(await startForTest({ settings: { accountSeconds: 5, rbacLagSeconds: 0 } }));
  }

  /** Id of the resource group. */
  get group(): string {
    return `/subscriptions/${this.service.subscriptionId}/resourceGroups/ResourceGroup1`;
  }

  /** @param path - with a slash from the origin, else below the group's deployments */
  async ask(path: string, method = "GET", body?: object, client = this.service.deployer) {
    const headers = { authorization: `Bearer ${await tokenFor(this.service, client)}` };
    const at = path.startsWith("/") ? path : `${this.group}/providers/Microsoft.Resources/deployments/${path}`;
    return call(this.service, at.includes("?") ? at : `${at}?api-version=2024-11-01`, { method, headers, body });
  }

  deploy(name: string, template: object, parameters: object = {}, more: object = {}) {
    return this.ask(name, "PUT", { properties: { mode: "Incremental", template, parameters, ...more } });
  }

  async shown(name: string): Promise<Shown["properties"]> {
    return ((await this.ask(name)).body as Shown).properties;
  }

  /** Deploys and waits for accounts to be ready. */
  async deployed(name: string, template: object, parameters: object = {}, more: object = {}) {
    const { status, body } = await this.deploy(name, template, parameters, more);
    if (status >= 400) throw new Error(JSON.stringify(body));
    await this.shown(name);
    this.service.advance(5_000);
    return this.shown(name);
  }
}
