import type { FastifyInstance } from "fastify";
import JSON5 from "json5";
import { AzureError } from "./azure-error";

/** Here Azure takes more than JSON: az splices the template's text into its request under a name without quotes, comments and all. */
const TEMPLATES = /\/providers\/Microsoft\.Resources\/deployments\//i;

/**
 * Objects and lists in each other at most. What is kept must be written again, and writing is recursive: a body nested
 * deeper would make every later save of the state fail. No request of this API comes near.
 */
const MAX_DEPTH = 100;

/** JSON (an empty body counts as none: several POSTs have no input) and forms. */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const refuse = (reason: string) => done(invalidContent(request.url, reason));
    const text = String(body).replace(/^\uFEFF/, "");
    if (text.trim() === "") {
      done(null, undefined);
      return;
    }
    let value: unknown;
    try {
      value = TEMPLATES.test(request.url) ? parseTemplate(text) : JSON.parse(text);
    } catch (cause) {
      refuse(`could not be deserialized: '${(cause as Error).message}'`);
      return;
    }
    if (isDeeperThan(MAX_DEPTH, value)) {
      refuse(`is nested more than ${MAX_DEPTH} levels deep`);
      return;
    }
    done(null, value);
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}

/** As JSON where it is that, which is many times faster. */
function parseTemplate(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return JSON5.parse(text);
  }
}

/** The code is Resource Manager's, or that of the data plane's specification. */
function invalidContent(url: string, reason: string): AzureError {
  const isDataPlane = /^[^?]*\/openai\//i.test(url);
  const code = isDataPlane ? "invalidPayload" : "InvalidRequestContent";
  return new AzureError(400, code, `The request content was invalid and ${reason}.`);
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}
