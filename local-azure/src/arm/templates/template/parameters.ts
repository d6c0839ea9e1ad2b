import { asObject } from "../../../http/request";
import { invalidTemplate, notServed } from "../errors";
import { sameValue } from "../functions/logic";
import { asText } from "../functions/text";
import type { Members, Template } from "./read";

/** Azure's names of the types in messages and answers. */
const TYPES: Record<string, { shown: string; expected: string; holds: (value: unknown) => boolean }> = {
  string: { shown: "String", expected: "String, Uri", holds: (value) => typeof value === "string" },
  securestring: { shown: "SecureString", expected: "String, Uri", holds: (value) => typeof value === "string" },
  int: { shown: "Int", expected: "Integer", holds: Number.isInteger },
  bool: { shown: "Bool", expected: "Boolean", holds: (value) => typeof value === "boolean" },
  array: { shown: "Array", expected: "Array", holds: Array.isArray },
  object: { shown: "Object", expected: "Object", holds: (value) => asObject(value) !== undefined },
  secureobject: { shown: "SecureObject", expected: "Object", holds: (value) => asObject(value) !== undefined },
};

/** `String`, `SecureObject`, ...: as a deployment shows the type of a parameter or output. */
export function shownType({ type }: Members): string {
  return typeOf(type)?.shown ?? "Object";
}

export function isSecret({ type }: Members): boolean {
  return /^secure/i.test(String(type));
}

/**
 * The values that were sent for a template's parameters, checked against their declarations; defaults are evaluated where they are asked for.
 * @param sent - `{ name: { value } }`
 * @param later - those that have a value only when the deployment runs
 * @throws AzureError InvalidTemplate
 */
export function readParameters({ parameters }: Template, sent: Members, later: string[] = []): Members {
  const declared = Object.keys(parameters);
  const values: Members = {};
  const unknown: string[] = [];
  for (const [name, given] of Object.entries(sent)) {
    const known = declared.find((other) => other.toLowerCase() === name.toLowerCase());
    const member = asObject(given) ?? {};
    if (known === undefined) unknown.push(name);
    else if ("reference" in member) throw notServed(`A parameter from a key vault (${name})`);
    else if ("value" in member && member.value !== null && member.value !== undefined) values[known] = member.value;
  }
  if (unknown.length > 0) {
    throw invalidTemplate(
      `The template parameters '${unknown.join(", ")}' in the parameters file are not valid; they are not present in the original template and can therefore ` +
        `not be provided at deployment time. The only supported parameters for this template are '${declared.join(", ")}'. ` +
        "Please see https://aka.ms/arm-pass-parameter-values for usage details.",
    );
  }
  for (const [name, declaration] of Object.entries(parameters)) {
    if (later.includes(name)) continue;
    if (!("defaultValue" in declaration) && !(name in values) && declaration.nullable !== true) {
      throw invalidTemplate(
        `The value for the template parameter '${name}' at line '1' and column '1' is not provided. ` +
          "Please see https://aka.ms/arm-create-parameter-file for usage details.",
      );
    }
    if (name in values) checkParameter(name, declaration, values[name]);
  }
  return values;
}

/** Type, `allowedValues`, `minValue`, `maxValue`, `minLength`, `maxLength`. @throws AzureError InvalidTemplate */
export function checkParameter(name: string, declaration: Members, value: unknown): void {
  const type = typeOf(declaration.type);
  if (declaration.$ref === undefined && !type)
    throw invalidTemplate(`The type '${String(declaration.type)}' of the template parameter '${name}' is not valid`);
  if (type && !type.holds(value)) {
    throw invalidTemplate(
      `Template parameter JToken type is not valid. Expected '${type.expected}'. Actual '${tokenType(value)}'. ` +
        "Please see https://aka.ms/arm-deploy/#parameter-file for usage details.",
    );
  }
  const { allowedValues } = declaration;
  const each = Array.isArray(allowedValues) && Array.isArray(value) ? (value as unknown[]) : [value];
  const foreign = Array.isArray(allowedValues)
    ? each.find((one) => !allowedValues.some((allowed) => sameValue(allowed, one)))
    : undefined;
  if (foreign !== undefined) {
    throw invalidTemplate(
      `The provided value for the template parameter '${name}' is not valid. The value '${asText(foreign)}' is not part of the allowed value(s): ` +
        `'${(allowedValues as unknown[]).map(asText).join(",")}'.`,
    );
  }
  const size = typeof value === "string" || Array.isArray(value) ? value.length : undefined;
  checkRange(name, "value", declaration.minValue, declaration.maxValue, typeof value === "number" ? value : undefined);
  checkRange(name, "length", declaration.minLength, declaration.maxLength, size);
}

/** Words: guess. */
function checkRange(name: string, what: string, from: unknown, to: unknown, found: number | undefined): void {
  if (found === undefined) return;
  const below = typeof from === "number" && found < from;
  const above = typeof to === "number" && found > to;
  if (!below && !above) return;
  const range = [
    ...(typeof from === "number" ? [`at least ${from}`] : []),
    ...(typeof to === "number" ? [`at most ${to}`] : []),
  ].join(" and ");
  throw invalidTemplate(
    `The provided value for the template parameter '${name}' is not valid: its ${what} is ${found}, expected ${range}`,
  );
}

function typeOf(type: unknown) {
  return typeof type === "string" ? TYPES[type.toLowerCase()] : undefined;
}

function tokenType(value: unknown): string {
  if (Array.isArray(value)) return "Array";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  if (typeof value === "boolean") return "Boolean";
  return typeof value === "string" ? "String" : "Object";
}
