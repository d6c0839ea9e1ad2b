import { asObject } from "../../../http/request";
import { invalidTemplate, notServed } from "../errors";

export type Members = Record<string, unknown>;

/** A deployment template, as sent, its parts found. */
export interface Template {
  parameters: Record<string, Members>;
  variables: Members;
  /** By namespace and name, e.g. `__bicep.named`, in lower case. */
  functions: Record<string, { parameters: string[]; output: unknown }>;
  /** In their order; the symbolic name where resources are an object (language version 2.0, what Bicep writes by now). */
  resources: { symbol?: string; definition: Members }[];
  outputs: Record<string, Members>;
  /** Language version 2.0: nested templates evaluate their own expressions. */
  symbolic: boolean;
}

/** @throws AzureError InvalidTemplate for what is no template, or needs what this service does not have */
export function readTemplate(value: unknown): Template {
  const template = asObject(value);
  if (!template) throw invalidTemplate("the template is not a JSON object");
  for (const name of ["$schema", "contentVersion"]) {
    if (typeof template[name] !== "string")
      throw invalidTemplate(`Required property '${name}' not found in JSON. Path '', line 1, position 1.`);
  }
  if (template.definitions !== undefined) checkDefinitions(template.definitions);
  for (const name of ["imports", "extensions"])
    if (Object.keys(asObject(template[name]) ?? {}).length > 0) throw notServed(`'${name}' of a template`);

  return {
    parameters: members(template, "parameters") as Record<string, Members>,
    variables: members(template, "variables"),
    functions: readFunctions(template.functions),
    resources: readResources(template.resources),
    outputs: members(template, "outputs") as Record<string, Members>,
    symbolic: asObject(template.resources) !== undefined || template.languageVersion === "2.0",
  };
}

/** Types of one's own (`definitions`) describe parameters and are taken for granted: a value is checked by its base type alone. */
function checkDefinitions(definitions: unknown): void {
  if (!asObject(definitions)) throw invalidTemplate("'definitions' is not a JSON object");
}

function members(template: Members, name: string): Members {
  const found = template[name] ?? {};
  const object = asObject(found);
  if (!object) throw invalidTemplate(`'${name}' is not a JSON object`);
  return object;
}

function readResources(value: unknown): Template["resources"] {
  const symbolic = asObject(value);
  const list: [string | undefined, unknown][] = symbolic
    ? Object.entries(symbolic)
    : Array.isArray(value)
      ? value.map((one: unknown): [undefined, unknown] => [undefined, one])
      : value === undefined || value === null
        ? []
        : [["", value]];
  return list.map(([symbol, one]) => {
    const definition = asObject(one);
    if (!definition || symbol === "") throw invalidTemplate("'resources' is no list or object of resources");
    return { ...(symbol !== undefined && { symbol }), definition };
  });
}

function readFunctions(value: unknown): Template["functions"] {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value)) throw invalidTemplate("'functions' is not a list");
  const found: Template["functions"] = {};
  for (const group of value.map(asObject)) {
    for (const [name, one] of Object.entries(asObject(group?.members) ?? {})) {
      const declared = asObject(one) ?? {};
      const parameters = Array.isArray(declared.parameters) ? declared.parameters : [];
      found[`${String(group?.namespace)}.${name}`.toLowerCase()] = {
        parameters: parameters.map((parameter) => String(asObject(parameter)?.name)),
        output: asObject(declared.output)?.value,
      };
    }
  }
  return found;
}
