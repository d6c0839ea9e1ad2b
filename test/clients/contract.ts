import { SwaggerContract } from "../../local-azure/test/contract/swagger";
import { contentOf, PublishedSchemas, type Document } from "../../local-azure/test/data-plane/published-schemas";
import { matcherOf } from "./path-template";
import type { Exchange } from "./recorder";

/** What the published specifications say of an answer. */
export interface Judgement {
  /** Operation as the specification has it. */
  operation: string;
  /** What is wrong; empty where nothing is. */
  problems: string[];
}

interface Response {
  schema?: object;
  content?: Record<string, { schema?: object }>;
}
type Paths = Record<string, Record<string, { responses?: Record<string, Response> }>>;

/** Answers that clients got, held against Azure's specifications of the data plane and of Resource Manager. */
export class Contract {
  private readonly schemas = new PublishedSchemas();
  private readonly swagger = new SwaggerContract();
  private readonly management = this.swagger
    .operations()
    // By its whole id, which every path would be; the same has a template by scope and name.
    .filter(({ path }) => !/^\/\{\w+\}$/.test(path))
    .map((each) => ({ ...each, matcher: matcherOf(each.path) }))
    .sort((one, other) => literal(other.path) - literal(one.path));

  /** @returns undefined where no specification that is here has the operation, or its answer has no schema */
  judge(exchange: Exchange): Judgement | undefined {
    const { pathname, searchParams } = new URL(exchange.url, "https://localhost");
    const onDataPlane = /\/openai(\/.*)$/.exec(pathname);
    if (onDataPlane) return this.ofDataPlane(exchange, onDataPlane[1]!, searchParams.get("api-version"));
    return /^\/(subscriptions|providers|tenants)\b/i.test(pathname)
      ? this.ofManagement(exchange, pathname.replace(/\/$/, ""))
      : undefined;
  }

  private ofDataPlane(exchange: Exchange, path: string, version: string | null): Judgement | undefined {
    const v1 = path.startsWith("/v1/");
    const documents = v1 ? (["v1"] as const) : (byVersion[version ?? ""] ?? []);
    for (const document of documents) {
      const place = placeOf(document, exchange, v1 ? path.slice("/v1".length) : path);
      if (place === undefined) continue;
      const bodies = bodiesOf(exchange);
      const problems = bodies.flatMap((body) => this.schemas.problemsAt(body, document, place.schema));
      return { operation: `${document} ${place.operation}`, problems: [...new Set(problems)] };
    }
    return undefined;
  }

  private ofManagement(exchange: Exchange, path: string): Judgement | undefined {
    const found = this.management.find(
      ({ method, matcher }) => method.toUpperCase() === exchange.method && matcher.test(path),
    );
    if (found === undefined) return undefined;
    const body = exchange.body === "" ? undefined : (JSON.parse(exchange.body) as unknown);
    return { operation: found.operation, problems: this.swagger.check(found.operation, exchange.status, body) };
  }
}

/** Inference before authoring: both have paths of their own. */
const byVersion: Record<string, Document[]> = {
  "2024-10-21": ["inference", "stable"],
  "2025-04-01-preview": ["preview"],
};

/** Where a document has the schema of an answer. */
function placeOf(document: Document, { method, status, contentType }: Exchange, path: string) {
  const { paths } = contentOf(document) as { paths: Paths };
  const templates = Object.keys(paths).sort((one, other) => literal(other) - literal(one));
  const template = templates.find((each) => method.toLowerCase() in paths[each]! && matcherOf(each).test(path));
  if (template === undefined) return undefined;
  const responses = paths[template]![method.toLowerCase()]!.responses ?? {};
  const code = String(status) in responses ? String(status) : status >= 400 ? "default" : undefined;
  const response = code === undefined ? undefined : responses[code];
  const media = contentType.split(";")[0]!;
  const inside = response?.schema ? ["schema"] : ["content", media, "schema"];
  if (code === undefined || !(response?.schema ?? response?.content?.[media]?.schema)) return undefined;
  const steps = ["paths", template, method.toLowerCase(), "responses", code, ...inside];
  const schema = steps.map(pointer).join("/");
  return { operation: `${method} ${template} ${status}`, schema };
}

/** The JSON of an answer; of a stream, that of each event. */
function bodiesOf({ contentType, body }: Exchange): unknown[] {
  if (contentType.startsWith("application/json")) return [JSON.parse(body)];
  if (!contentType.startsWith("text/event-stream")) return [];
  return body
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice("data: ".length)) as unknown);
}

/** How much of a template is said: the more, the less else it matches. */
function literal(template: string): number {
  return template.replace(/\{[^}]+\}/g, "").length;
}

function pointer(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}
