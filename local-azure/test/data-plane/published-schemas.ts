import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ErrorObject } from "ajv";

/** Published schemas; they are not part of this repository. */
export const specs = path.resolve(__dirname, "../../../../shared/specs");
const dataPlane = "azure-rest-api-specs/specification/cognitiveservices/data-plane/AzureOpenAI";
const documents = {
  stable: `${dataPlane}/authoring/stable/2024-10-21/azureopenai.json`,
  preview: `${dataPlane}/authoring/preview/2025-04-01-preview/azureopenai.json`,
  inference: `${dataPlane}/inference/stable/2024-10-21/inference.json`,
  v1: "azure-rest-api-specs-trimmed/specification/ai/data-plane/OpenAI.v1/azure-v1-v1-generated.trimmed.json",
};

/** Members that the live v1 endpoint leaves out of jobs while they have no value, against its schema (recorded). */
const leftOut =
  "error fine_tuned_model finished_at organization_id result_files trained_tokens validation_file metadata";

/** Statuses of jobs that v1's schema lacks (recorded). */
const jobStatuses = ["pending", "pausing", "paused", "resuming"];
/** Kinds of errors that the answers of chat have in `type` (recorded), where v1's schema has another constant. */
const errorTypes = ["invalid_request_error", "error"];

/** Where the live v1 endpoint is on record with something else than its schema, and this service follows the record. */
function isRecorded({ keyword, params, instancePath, data }: ErrorObject): boolean {
  const missing = (params as { missingProperty?: string }).missingProperty;
  return (
    (keyword === "required" && missing !== undefined && leftOut.split(" ").includes(missing)) ||
    (keyword === "enum" && instancePath.endsWith("/status") && jobStatuses.includes(String(data)))
  );
}

/** Embeddings as base64, which programs ask for by `encoding_format` (documented by OpenAI); the schemas have lists of numbers alone. */
function isBase64({ keyword, instancePath, data }: ErrorObject): boolean {
  return keyword === "type" && /^\/data\/\d+\/embedding$/.test(instancePath) && typeof data === "string";
}

/** Codes with which Azure's gateway refuses before a service is asked; the services' own lists lack them (recorded). */
const GATEWAY_CODES = ["401", "404", "UnsupportedMediaType"];

/** Errors as the OpenAI API has them, where Azure's schemas have another form (recorded): `code` and `param` may be null, `type` is the kind of error. */
function isRecordedError({ keyword, instancePath, data }: ErrorObject): boolean {
  if (keyword === "type") return /^\/error\/(code|param)$/.test(instancePath) && data === null;
  if (keyword !== "enum" && keyword !== "const") return false;
  return (
    (instancePath === "/error/type" && errorTypes.includes(String(data))) ||
    (instancePath === "/error/code" && GATEWAY_CODES.includes(String(data)))
  );
}

/** A file of v1 in answers of dated versions, which do not know its purpose (guess: it is shown all the same). */
function isNewerPurpose({ keyword, instancePath, data }: ErrorObject): boolean {
  return (
    keyword === "enum" &&
    /^(\/data\/\d+)?\/purpose$/.test(instancePath) &&
    ["evals", "user_data"].includes(String(data))
  );
}

/** The preview's schema of evaluations writes alternatives as allOf, of which no value can be all: a grader of every type. */
function isChoice(allOf: unknown): boolean {
  return (
    Array.isArray(allOf) &&
    allOf.length > 1 &&
    /(Create)?Eval\w+(Grader|Config|DataSource|Source)"/.test(JSON.stringify(allOf))
  );
}

/** OpenAPI's `nullable` as JSON Schema says it; ajv reads it only beside `type`, and not with `enum`. */
function withNull(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNull);
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable, ...rest } = schema as Record<string, unknown>;
  const whole = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withNull(value)]));
  const inner = isChoice(whole.allOf) ? { ...whole, allOf: [], anyOf: whole.allOf } : whole;
  return nullable === true ? { anyOf: [{ type: "null" }, inner] } : inner;
}

export const available = existsSync(specs);
if (!available) process.stderr.write(`Contract tests are skipped: ${specs} with the published schemas is not there.\n`);

export type Document = keyof typeof documents;

/** The published schemas, and what of an answer they do not allow. */
export class PublishedSchemas {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, verbose: true });

  constructor() {
    for (const name of Object.keys(documents) as Document[])
      this.ajv.addSchema(withNull(contentOf(name)) as object, name);
  }

  /** Problems of a body against a schema by its name. */
  problems(body: unknown, document: Document, name: string): string[] {
    return this.problemsAt(
      body,
      document,
      `${"definitions" in contentOf(document) ? "definitions" : "components/schemas"}/${name}`,
    );
  }

  /** Problems of a body against the schema at a place in the document. */
  problemsAt(body: unknown, document: Document, place: string): string[] {
    const validate = this.ajv.compile({ $ref: `${document}#/${place}` });
    validate(body);
    return (validate.errors ?? [])
      .filter((error) => !isBase64(error) && !isRecordedError(error) && !isNewerPurpose(error))
      .filter((error) => document !== "v1" || !isRecorded(error))
      .map((error) => `${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params)}`);
  }

  /** Names of the members that an object may have. */
  membersOf(document: Document, name: string): string[] {
    return Object.keys(propertiesOf(document, schemaOf(document, name)));
  }

  /** Those of its members that are of one simple type, and which. */
  typesOf(document: Document, name: string): [member: string, type: string][] {
    return Object.entries(propertiesOf(document, schemaOf(document, name))).flatMap(([member, schema]) => {
      const { type, anyOf, oneOf } =
        schema.$ref === undefined ? schema : schemaOf(document, schema.$ref.split("/").at(-1)!);
      return type === undefined || anyOf || oneOf ? [] : [[member, type] as [string, string]];
    });
  }
}

function schemaOf(document: Document, name: string): Schema {
  const { definitions, components } = contentOf(document) as Record<string, Record<string, unknown> | undefined>;
  return ((definitions ?? components!.schemas) as Record<string, Schema>)[name]!;
}

function propertiesOf(document: Document, { properties = {}, allOf = [], $ref }: Schema): Record<string, Schema> {
  const inherited = [...allOf, ...($ref === undefined ? [] : [schemaOf(document, $ref.split("/").at(-1)!)])];
  return Object.assign({}, properties, ...inherited.map((schema) => propertiesOf(document, schema))) as Record<
    string,
    Schema
  >;
}

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
}

const contents = new Map<Document, object>();

/** A document as it was published. */
export function contentOf(document: Document): object {
  const content =
    contents.get(document) ?? (JSON.parse(readFileSync(path.join(specs, documents[document]), "utf8")) as object);
  contents.set(document, content);
  return content;
}

/** Body of a published example request of the inference API. */
export function exampleBody(name: string): Record<string, unknown> {
  const file = path.join(specs, path.dirname(documents.inference), "examples", `${name}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { parameters: { body: Record<string, unknown> } }).parameters.body;
}
