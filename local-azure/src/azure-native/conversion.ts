import { programMembers, type ObjectShape, type Shape } from "./shape";
import { isObject, type Properties, type Value } from "./values";

/** What is PUT: the inputs in ARM's shape. Only what the program sets is sent; no defaults are added. */
export function requestBody(shape: ObjectShape, inputs: Properties): Properties {
  const body: Properties = {};
  for (const [name, member] of Object.entries(shape.members)) {
    if (member.readOnly) continue;
    if (member.kind === "object" && member.flattened) body[name] = requestBody(member, inputs);
    else if (inputs[name] !== undefined) body[name] = bodyValue(member, inputs[name]);
  }
  return body;
}

function bodyValue(shape: Shape, value: Value): Value {
  if (shape.kind === "object" && isObject(value)) return requestBody(shape, value);
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item) => bodyValue(shape.items, item));
  if (shape.kind === "identities" && Array.isArray(value))
    return Object.fromEntries((value as string[]).map((id) => [id, {}]));
  return value;
}

/** ARM's answer as outputs: only what the type's table knows, flattened as the SDK sees it. */
export function outputsOf(shape: ObjectShape, answer: Properties): Properties {
  const outputs: Properties = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const value = answer[name];
    if (value === undefined || value === null || member.writeOnly) continue;
    if (member.kind === "object" && member.flattened && isObject(value))
      Object.assign(outputs, outputsOf(member, value));
    else outputs[name] = outputValue(member, value);
  }
  return outputs;
}

function outputValue(shape: Shape, value: Value): Value {
  if (shape.kind === "object" && isObject(value)) return outputsOf(shape, value);
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item) => outputValue(shape.items, item));
  if ((shape.kind === "map" || shape.kind === "identities") && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outputValue(shape.values, item)]));
  return value;
}

/** The part of the outputs that a program can set, in the shape in which it sets it. */
export function inputsFromOutputs(shape: ObjectShape, outputs: Properties): Properties {
  const inputs: Properties = {};
  for (const [name, member] of Object.entries(programMembers(shape))) {
    const value = outputs[name];
    if (value !== undefined && value !== null && !member.readOnly) inputs[name] = inputValue(member, value);
  }
  return inputs;
}

function inputValue(shape: Shape, value: Value): Value {
  if (shape.kind === "object" && isObject(value)) return inputsFromOutputs(shape, value);
  if (shape.kind === "list" && Array.isArray(value)) return value.map((item) => inputValue(shape.items, item));
  if (shape.kind === "identities" && isObject(value)) return Object.keys(value).sort();
  return value;
}
