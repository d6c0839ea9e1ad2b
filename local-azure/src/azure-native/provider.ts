import type { HttpClient } from "@azure/core-rest-pipeline";
import type { EngineLog } from "./engine-log";
import { invoke } from "./functions";
import { inputChanges, type InputChanges } from "./input-changes";
import { withDefaults } from "./input-defaults";
import { inputFailures } from "./input-validation";
import { DEFAULT_TIMEOUT_S, type EngineCall } from "./engine-call";
import { previewOutputs } from "./preview-outputs";
import { ResourceOperations, type Kept } from "./resource-operations";
import { readResource, type ReadResult } from "./resource-read";
import { resourceTypeOf, resourceTypes } from "./resource-types";
import { openSession, type Session } from "./session";
import type { Properties } from "./values";

/** What the provider needs of the process that it runs in. */
export interface Host {
  environment: Readonly<Record<string, string | undefined>>;
  transport: HttpClient;
  log: EngineLog;
  /** Resolves after `ms`, rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The provider's calls, free of the protocol's messages. */
export class Provider {
  private session: Promise<Session> | undefined;
  private greeted = false;

  constructor(private readonly host: Host) {}

  async configure(variables: ReadonlyMap<string, string>): Promise<void> {
    this.session = openSession(variables, this.host.environment, this.host.transport, this.operation(""));
    await this.session;
    if (this.greeted) return;
    this.greeted = true;
    const served = resourceTypes.map(({ token }) => token.split(":").at(-1)).join(", ");
    this.host.log.info(`azure-native: stand-in plugin of local-azure (${served} only)`);
  }

  async check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }> {
    const type = resourceTypeOf(typeOf(urn));
    const session = await this.configured();
    const inputs = await withDefaults(type, olds, news, {
      logicalName: urn.split("::").at(-1)!,
      configuredLocation: session.config.location,
      resourceGroupLocation: (name) => session.resourceGroupLocation(name, this.operation(urn)),
    });
    return { inputs, failures: inputFailures(type, inputs) };
  }

  diff(urn: string, oldInputs: Properties, newInputs: Properties, oldOutputs: Properties): InputChanges {
    return inputChanges(resourceTypeOf(typeOf(urn)), oldInputs, newInputs, oldOutputs);
  }

  /** Outputs of a create or update that only a preview asks for; no request is sent. */
  preview(urn: string, inputs: Properties, oldOutputs: Properties): Properties {
    return previewOutputs(resourceTypeOf(typeOf(urn)).body, inputs, oldOutputs);
  }

  /** @param timeoutS - customTimeouts in seconds; 0 for the default */
  async create(urn: string, inputs: Properties, timeoutS: number): Promise<Kept> {
    return (await this.operations(urn)).create(inputs, this.operation(urn, timeoutS));
  }

  async update(urn: string, id: string, inputs: Properties, timeoutS: number): Promise<Properties> {
    return (await this.operations(urn)).update(id, inputs, this.operation(urn, timeoutS));
  }

  async delete(urn: string, id: string, timeoutS: number): Promise<void> {
    await (await this.operations(urn)).delete(id, this.operation(urn, timeoutS));
  }

  async read(
    urn: string,
    id: string,
    stored: { inputs: Properties; outputs: Properties },
  ): Promise<ReadResult | undefined> {
    const { client } = await this.configured();
    return readResource(resourceTypeOf(typeOf(urn)), client, id, stored, this.operation(urn));
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    return invoke(token, args, await this.configured(), this.operation(""));
  }

  private async operations(urn: string): Promise<ResourceOperations> {
    const { client, subscriptionId } = await this.configured();
    return new ResourceOperations(resourceTypeOf(typeOf(urn)), client, subscriptionId);
  }

  private configured(): Promise<Session> {
    return this.session ?? Promise.reject(new Error("The provider has not been configured."));
  }

  private operation(urn: string, timeoutS = 0): EngineCall {
    const signal = AbortSignal.timeout((timeoutS || DEFAULT_TIMEOUT_S) * 1000);
    return {
      signal,
      wait: (ms) => this.host.wait(ms, signal),
      warn: (message) => this.host.log.warn(message, urn),
    };
  }
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>` */
function typeOf(urn: string): string {
  return urn.split("::")[2]!.split("$").at(-1)!;
}
