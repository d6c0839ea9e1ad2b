import { ArmError } from "./arm-answer";
import type { ArmClient } from "./arm-client";
import { armPathParameters } from "./arm-path";
import { inputsFromOutputs, outputsOf } from "./conversion";
import { inputsAfterDrift } from "./drift";
import type { EngineCall } from "./engine-call";
import type { ResourceType } from "./resource-type";
import { plainProperties, withSecretsOf, type Properties } from "./values";

export interface ReadResult {
  outputs: Properties;
  inputs: Properties;
}

/**
 * The resource as it is now, for a refresh (with what the state holds) or an import (without).
 * @returns undefined when it is gone
 */
export async function readResource(
  type: ResourceType,
  client: ArmClient,
  id: string,
  stored: { inputs: Properties; outputs: Properties },
  operation: EngineCall,
): Promise<ReadResult | undefined> {
  const answer = await client.get(id, type.apiVersion, operation);
  if (answer.saysGone) return undefined;
  if (answer.status === 200 && !answer.resource) throw ArmError.foreign(answer);
  if (answer.status !== 200 || !answer.resource) throw ArmError.of(answer);
  const outputs: Properties = { ...outputsOf(type.body, answer.resource), azureApiVersion: type.apiVersion };
  const inputs = isEmpty(stored.inputs)
    ? importedInputs(type, id, outputs)
    : inputsAfterDrift(
        stored.inputs,
        inputsFromOutputs(type.body, plainProperties(stored.outputs)),
        inputsFromOutputs(type.body, outputs),
      );
  return { outputs: withSecretsOf(stored.inputs, outputs) as Properties, inputs };
}

function importedInputs(type: ResourceType, id: string, outputs: Properties): Properties {
  const { subscriptionId: _, ...named } = armPathParameters(type.path, id);
  return { ...inputsFromOutputs(type.body, outputs), ...named };
}

function isEmpty(properties: Properties): boolean {
  return Object.keys(properties).length === 0;
}
