import { readFileSync } from "node:fs";
import path from "node:path";
import { specsFolder } from "./swagger";

/** Where the schemas come from, below the folder of the specifications. */
export const SOURCE =
  "azure-rest-api-specs/specification/cognitiveservices/resource-manager/Microsoft.CognitiveServices/stable/2025-06-01/cognitiveservices.json";

/** What of a request body is checked by them, by the name under which the product keeps it. */
const CHECKED = { account: "Account", deployment: "Deployment", raiPolicy: "RaiPolicy", project: "Project" };
/** Members of a body that they are for: the others (`location`, `kind`, `tags`) have rules and refusals of their own. */
const MEMBERS = ["identity", "properties", "sku"];

interface Swagger {
  definitions: Record<string, Definition>;
}

interface Definition {
  type?: string;
  enum?: string[];
  $ref?: string;
  readOnly?: boolean;
  items?: Definition;
  properties?: Record<string, Definition>;
  additionalProperties?: Definition | boolean;
}

/**
 * The types of request bodies as the published Swagger document has them: members that only answers have are left out, and so is everything
 * that says nothing about types. Values of an enumeration are `names`, because Resource Manager reads them in any case.
 */
export function requestSchemas(folder = specsFolder): Record<string, object> {
  const { definitions } = JSON.parse(readFileSync(path.join(folder, SOURCE), "utf8")) as Swagger;
  return Object.fromEntries(
    Object.entries(CHECKED).map(([name, definition]) => {
      const { properties = {} } = definitions[definition] ?? {};
      const settable = Object.entries(properties).filter(([member]) => MEMBERS.includes(member));
      return [name, { type: "object", properties: membersOf(definitions, Object.fromEntries(settable)) }];
    }),
  );
}

function membersOf(definitions: Swagger["definitions"], members: Record<string, Definition>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(members)
      .map(([name, member]): [string, Definition] => [name, { ...resolved(definitions, member), ...member }])
      .filter(([, member]) => !member.readOnly)
      .map(([name, member]) => [name, schemaOf(definitions, member)]),
  );
}

function schemaOf(definitions: Swagger["definitions"], given: Definition): object {
  const { type = "object", enum: names, items, properties, additionalProperties } = resolved(definitions, given);
  return {
    type,
    ...(names && { names }),
    ...(items && { items: schemaOf(definitions, items) }),
    ...(properties && { properties: membersOf(definitions, properties) }),
    ...(typeof additionalProperties === "object" && {
      additionalProperties: schemaOf(definitions, additionalProperties),
    }),
  };
}

function resolved(definitions: Swagger["definitions"], given: Definition): Definition {
  const name = given.$ref?.split("#/definitions/")[1];
  return name === undefined ? given : (definitions[name] ?? {});
}
