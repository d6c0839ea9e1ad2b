import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** A checkout of Azure's published specifications beside the project, or where AZURE_SPECS says. */
export const specsFolder = process.env.AZURE_SPECS ?? path.resolve(__dirname, "../../../../shared/specs");
export const haveSpecs = existsSync(specsFolder);

interface Swagger {
  basePath?: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { schema?: object }> }>>;
}

/** Azure's Swagger files, as far as they are needed to check answers of Resource Manager. */
export class SwaggerContract {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateSchema: false }));
  private readonly files: { uri: string; document: Swagger }[] = [];

  constructor(folder = path.join(specsFolder, "azure-rest-api-specs/specification")) {
    for (const formatless of ["arm-id", "uri", "duration"]) this.ajv.addFormat(formatless, true);
    for (const file of jsonFiles(folder)) {
      const document = JSON.parse(readFileSync(file, "utf8")) as Swagger;
      const uri = pathToFileURL(file).href;
      this.ajv.addSchema(document, uri);
      if (file.includes("resource-manager") && !file.includes("common-types")) this.files.push({ uri, document });
    }
  }

  /**
   * What is wrong with an answer by the published contract; empty when nothing is.
   * @param operation - operationId, e.g. `Accounts_Get`
   */
  check(operation: string, status: number, body: unknown): string[] {
    for (const { uri, document } of this.files) {
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, { operationId, responses }] of Object.entries(methods)) {
          if (operationId === operation) {
            const answer = responses[status] ?? (status >= 400 ? responses.default : undefined);
            if (answer === undefined)
              return [`${operation} does not answer ${status}, only ${Object.keys(responses).join(", ")}`];
            const code = responses[status] ? String(status) : "default";
            return answer.schema
              ? this.problems(`${uri}#/paths/${pointer(path)}/${method}/responses/${code}/schema`, body)
              : body === undefined
                ? []
                : [`${operation} ${status} has no body in the contract`];
          }
        }
      }
    }
    throw new Error(`No specification has the operation ${operation}.`);
  }

  /** Every operation with the address of its specification, which names the api-version. */
  operations(): { operation: string; method: string; path: string; uri: string }[] {
    return this.files.flatMap(({ uri, document }) =>
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { operationId }]) => operationId !== undefined)
          .map(([method, { operationId }]) => ({ operation: operationId, method, path, uri })),
      ),
    );
  }

  private problems(schema: string, body: unknown): string[] {
    const validate: ValidateFunction = this.ajv.getSchema(schema) ?? this.ajv.compile({ $ref: schema });
    validate(body);
    // Some lists require `nextLink`; the service leaves it out on the last page, and clients rely on that.
    const faults = (validate.errors ?? []).filter(
      ({ params, instancePath }) =>
        params.missingProperty !== "nextLink" &&
        // The list of categories is published as open, and a connection keeps the one that was sent.
        !(params.allowedValues && instancePath === "/properties/category"),
    );
    return faults.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
  }
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return ["examples", "data-plane"].includes(entry.name) ? [] : jsonFiles(file);
    return entry.name.endsWith(".json") ? [file] : [];
  });
}

function pointer(segment: string): string {
  return encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
}
