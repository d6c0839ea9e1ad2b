import { ArmError, stringOf, type ArmAnswer } from "./arm-answer";
import type { ArmClient } from "./arm-client";
import { armPath } from "./arm-path";
import { outputsOf, requestBody } from "./conversion";
import { messageOf, type EngineCall } from "./engine-call";
import { PartialFailure } from "./partial-failure";
import { pollToEnd } from "./polling";
import type { ResourceType } from "./resource-type";
import { plainProperties, withSecretsOf, type Properties } from "./values";

/** A resource as it is kept in the state. */
export interface Kept {
  id: string;
  outputs: Properties;
}

/** Creates, updates and deletes resources of one type in one subscription. */
export class ResourceOperations {
  constructor(
    private readonly type: ResourceType,
    private readonly client: ArmClient,
    private readonly subscriptionId: string,
  ) {}

  async create(inputs: Properties, operation: EngineCall): Promise<Kept> {
    const path = this.path(inputs);
    const found = await this.client.get(path, this.type.apiVersion, operation);
    if (found.status === 200 && Object.keys(found.body ?? {}).length > 0)
      throw new Error(`cannot create already existing resource '${path}'`);
    if (![200, 204, 404].includes(found.status))
      throw new Error(`cannot check existence of resource '${path}': status code ${found.status}, ${found.text}`);
    return this.write(path, inputs, "Create", operation);
  }

  async update(id: string, inputs: Properties, operation: EngineCall): Promise<Properties> {
    return (await this.write(this.path(inputs), inputs, "Update", operation, id)).outputs;
  }

  /**
   * 404 is success when Resource Manager says it. azure-native takes any 404 for it, also a gateway's: the resource would be dropped
   * from the state and stay behind.
   */
  async delete(id: string, operation: EngineCall): Promise<void> {
    const { apiVersion, longRunning } = this.type;
    const answer = await this.client.delete(id, apiVersion, operation);
    if (answer.saysGone) return;
    if (answer.status === 404 || answer.status === 410) throw ArmError.foreign(answer);
    if (![200, 202, 204].includes(answer.status)) throw ArmError.of(answer);
    if (answer.status === 200 && !answer.isPlausible) throw ArmError.foreign(answer);
    if (longRunning.delete) await pollToEnd(this.client, answer, { method: "DELETE", path: id, apiVersion }, operation);
  }

  outputs(answer: Properties, inputs: Properties): Properties {
    const outputs = { ...outputsOf(this.type.body, answer), azureApiVersion: this.type.apiVersion };
    return withSecretsOf(inputs, outputs) as Properties;
  }

  private path(inputs: Properties): string {
    return armPath(this.type.path, { ...plainProperties(inputs), subscriptionId: this.subscriptionId });
  }

  /** PUT of the whole body, polling, and a GET for the result. */
  private async write(
    path: string,
    inputs: Properties,
    verb: string,
    operation: EngineCall,
    knownId?: string,
  ): Promise<Kept> {
    const { apiVersion, body, longRunning } = this.type;
    const answer = await this.client.put(path, apiVersion, requestBody(body, plainProperties(inputs)), operation);
    if (![200, 201, 202].includes(answer.status)) throw ArmError.of(answer);
    // From here on the resource exists: an error that lost its id would leave it behind.
    const id = knownId ?? stringOf(answer.body?.id) ?? path;
    const result = await this.settled(answer, path, longRunning.put, operation).catch((error: unknown) =>
      this.failPartially(id, inputs, error, verb, operation),
    );
    const read = await this.client.get(path, apiVersion, operation).catch((error: unknown) => error as Error);
    const current = read instanceof Error ? undefined : read.status === 200 ? read.resource : undefined;
    if (!current) operation.warn(`Failed to read resource after ${verb}: ${readProblem(read)}`);
    return { id, outputs: this.outputs(current ?? result ?? {}, inputs) };
  }

  private async settled(answer: ArmAnswer, path: string, isLongRunning: boolean, operation: EngineCall) {
    if (answer.status !== 202 && !answer.resource)
      throw new Error(`unexpected response from Azure: '${answer.text.slice(0, 500)}', HTTP status: ${answer.status}`);
    if (!isLongRunning && answer.status !== 202) return answer.body;
    return pollToEnd(this.client, answer, { method: "PUT", path, apiVersion: this.type.apiVersion }, operation);
  }

  /** Reads what there is now and reports it with the error. A resource that is gone again is a plain failure. */
  private async failPartially(
    id: string,
    inputs: Properties,
    error: unknown,
    verb: string,
    operation: EngineCall,
  ): Promise<never> {
    // The operation's own time may be over; the look at what is left has a minute of its own.
    const last: EngineCall = { ...operation, signal: AbortSignal.timeout(60_000) };
    const read = await this.client
      .get(id, this.type.apiVersion, last)
      .catch((readError: unknown) => readError as Error);
    if (!(read instanceof Error) && read.saysGone) throw error;
    const current = read instanceof Error || read.status !== 200 ? undefined : read.resource;
    if (!current) operation.warn(`Failed to read resource after the failed ${verb}: ${readProblem(read)}`);
    throw new PartialFailure(id, this.outputs(current ?? {}, inputs), inputs, messageOf(error));
  }
}

function readProblem(read: ArmAnswer | Error): string {
  if (read instanceof Error) return read.message;
  return (read.status === 200 ? ArmError.foreign(read) : ArmError.of(read)).message;
}
