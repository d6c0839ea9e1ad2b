import type { ResourceType } from "./resource-type";
import { programMembers, type Shape, type TextShape } from "./shape";
import { isObject, isUnknown, plainProperties, type Properties, type Value } from "./values";

/** Reasons why these inputs can't be sent, in azure-native's words; unknown values are taken to be right. */
export function inputFailures(type: ResourceType, inputs: Properties): string[] {
  const values = plainProperties(inputs);
  // A role assignment's scope is a path parameter as an input and a member of the body in answers only.
  return membersFailures("", { ...programMembers(type.body), ...type.pathParameters }, values);
}

function membersFailures(parent: string, members: Record<string, Shape>, values: Properties): string[] {
  return Object.entries(members).flatMap(([name, member]) => {
    if (member.readOnly) return [];
    const path = parent ? `${parent}.${name}` : name;
    const value = values[name];
    if (value !== undefined) return valueFailures(path, member, value);
    return member.required ? [`missing required property '${path}'`] : [];
  });
}

function valueFailures(path: string, shape: Shape, value: Value): string[] {
  if (isUnknown(value)) return [];
  if (typeName(value) !== JSON_TYPES[shape.kind]) {
    const expected = shape.kind === "integer" ? "integer" : JSON_TYPES[shape.kind];
    return [`'${path}' should be of type '${expected}' but got ${withArticle(typeName(value))}`];
  }
  if (shape.kind === "text") return textFailures(path, shape, value as string);
  if (typeof value === "number" && shape.kind === "integer" && !Number.isInteger(value))
    return [`'${path}' must be an integer but got ${value}`];
  if (shape.kind === "list")
    return (value as Value[]).flatMap((item, index) => valueFailures(`${path}[${index}]`, shape.items, item));
  if (shape.kind === "map" && isObject(value))
    return Object.entries(value).flatMap(([name, item]) => valueFailures(`${path}.${name}`, shape.values, item));
  return shape.kind === "object" && isObject(value) ? membersFailures(path, programMembers(shape), value) : [];
}

function textFailures(path: string, { minLength, maxLength, pattern }: TextShape, value: string): string[] {
  const failures: string[] = [];
  if (minLength !== undefined && value.length < minLength)
    failures.push(`'${path}' is too short (${value.length}): at least ${minLength} characters required`);
  if (maxLength !== undefined && value.length > maxLength)
    failures.push(`'${path}' is too long (${value.length}): at most ${maxLength} characters allowed`);
  if (pattern && !pattern.test(value)) failures.push(`'${path}' does not match expression '${pattern.source}'`);
  return failures;
}

const JSON_TYPES: Record<Shape["kind"], string> = {
  boolean: "boolean",
  identities: "array",
  integer: "number",
  list: "array",
  map: "object",
  number: "number",
  object: "object",
  text: "string",
};

function typeName(value: Value): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function withArticle(name: string): string {
  return `${/^[ao]/.test(name) ? "an" : "a"} ${name}`;
}
