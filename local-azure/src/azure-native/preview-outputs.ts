import { programMembers, type ObjectShape, type Shape } from "./shape";
import { isObject, isSecret, isUnknown, secret, UNKNOWN, unwrapped, type Properties, type Value } from "./values";

/** Outputs that an update can't change: dependents may rely on them at preview. */
const STABLE = ["name", "location"];

/**
 * Outputs as far as a preview can know them: the inputs, everything else that ARM will answer unknown.
 * @param oldOutputs - of the resource that is updated; their name and location are known to stay
 */
export function previewOutputs(shape: ObjectShape, inputs: Properties, oldOutputs: Properties = {}): Properties {
  const outputs = outputsOfInputs(programMembers(shape), inputs);
  outputs.azureApiVersion = UNKNOWN;
  for (const name of STABLE) {
    const value = oldOutputs[name];
    if (value !== undefined && value !== null) outputs[name] = value;
  }
  return outputs;
}

function outputsOfInputs(members: Record<string, Shape>, inputs: Properties): Properties {
  const outputs: Properties = {};
  for (const [name, member] of Object.entries(members)) {
    if (member.writeOnly) continue;
    const value = inputs[name];
    outputs[name] = value === undefined || value === null ? UNKNOWN : previewValue(member, value);
  }
  return outputs;
}

function previewValue(shape: Shape, value: Value): Value {
  if (isSecret(value)) return secret(previewValue(shape, unwrapped(value)));
  if (isUnknown(value)) return UNKNOWN;
  if (shape.kind === "object" && isObject(value)) return outputsOfInputs(programMembers(shape), value);
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item) => previewValue(shape.items, item));
  // Client and principal ids of the identities come with the answer.
  if (shape.kind === "identities") return UNKNOWN;
  return value;
}
