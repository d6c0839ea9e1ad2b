import Ajv from "ajv";

const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });

/**
 * Why an object is no JSON Schema: ` at 'place': reason`, without text of its own; `undefined` for a valid one. What it says of its
 * version is left aside: the rules that are looked at are common to all.
 */
export function schemaFault({ $schema: _, $id: __, ...schema }: Record<string, unknown>): string | undefined {
  if (ajv.validateSchema(schema) === true) return undefined;
  const [error] = ajv.errors ?? [];
  const place = error?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  const shown = /^[\w.$-]{1,80}$/.test(place) ? ` at '${place}'` : "";
  return `${shown}: ${error?.message ?? "correct it"}`;
}
