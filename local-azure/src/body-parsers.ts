import type { FastifyInstance } from "fastify";
import { AzureError } from "./azure-error";

/** JSON (an empty body counts as none: several POSTs have no input) and forms. */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = String(body).replace(/^\uFEFF/, "");
    if (text.trim() === "") {
      done(null, undefined);
      return;
    }
    try {
      done(null, JSON.parse(text));
    } catch (cause) {
      const sentence = `The request content was invalid and could not be deserialized: '${(cause as Error).message}'.`;
      done(new AzureError(400, "InvalidRequestContent", sentence));
    }
  });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}
