import { resourceTypes } from "./resource-types";
import { programMembers, type Shape } from "./shape";
import { version } from "./version";

/** A package schema with the served types; objects inside them are typed as "anything", enough for `pulumi import`. */
export function schemaJson(): string {
  const resources = resourceTypes.map((type) => {
    const members = programMembers(type.body);
    const inputs = Object.entries(members).filter(([, member]) => !member.readOnly);
    const outputs = Object.entries(members).filter(([, member]) => !member.writeOnly);
    const required = [...Object.entries(type.pathParameters), ...inputs].filter(([, member]) => member.required);
    const resource = {
      inputProperties: typed([...inputs, ...Object.entries(type.pathParameters)]),
      requiredInputs: [...new Set(required.map(([name]) => name))],
      properties: { ...typed(outputs), azureApiVersion: { type: "string" } },
    };
    return [type.token, resource];
  });
  return JSON.stringify({
    name: "azure-native",
    version: version(),
    resources: Object.fromEntries(resources) as unknown,
  });
}

function typed(members: [string, Shape][]): Record<string, unknown> {
  return Object.fromEntries(members.map(([name, shape]) => [name, typeSpec(shape)]));
}

function typeSpec(shape: Shape): Record<string, unknown> {
  const anything = { $ref: "pulumi.json#/Any" };
  if (shape.kind === "text") return { type: "string" };
  if (shape.kind === "list" || shape.kind === "identities") return { type: "array", items: anything };
  if (shape.kind === "map") return { type: "object", additionalProperties: typeSpec(shape.values) };
  return shape.kind === "object" ? { type: "object", additionalProperties: anything } : { type: shape.kind };
}
