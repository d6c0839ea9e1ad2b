import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";

export type Validator = (value: unknown) => boolean;

/** Schemas whose validators are kept: compiling one takes milliseconds, and a program asks with the same few. */
const MAX_KEPT = 500;
const kept = new Map<string, Validator>();
const options = { strict: false, logger: false } as const;
/** Knows what a schema is, which takes longer to compile than most schemas. */
const ofSchemas = addFormats(new Ajv(options));

/** Whether a value is what a JSON schema allows. @throws Error that says why the schema is none */
export function validatorOf(schema: Record<string, unknown>): Validator {
  const key = JSON.stringify(schema);
  const known = kept.get(key);
  if (known) return known;
  // One Ajv each: it keeps what it has compiled, for ever. A schema's own idea of its draft is not needed for what answers use.
  const ajv = addFormats(new Ajv({ ...options, validateSchema: false }));
  const anonymous = { ...schema, $schema: undefined, $id: undefined };
  void ofSchemas.validateSchema(anonymous, true);
  const validate = ajv.compile(anonymous);
  const validator: Validator = (value) => {
    try {
      return validate(value) === true;
    } catch {
      // A schema that is nothing but itself has no end.
      return false;
    }
  };
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, validator);
  return validator;
}
