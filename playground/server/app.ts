import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import type { HtmlDocument } from "../../report/html-document";
import type { Problem } from "../api";
import type { ExampleFolder } from "../example-file";
import { mostRequestBytes } from "../image-limits";
import { registerChat } from "./chat-route";
import { registerExamples } from "./example-route";
import { guard } from "./guard";
import { problemOf, statusOf } from "./problem";
import { registerReport } from "./report-route";
import { registerSetup } from "./setup-route";
import type { StackView } from "../../report/stack-view";

export interface PlaygroundOptions {
  /** Secret of this run. */
  token: string;
  page: HtmlDocument;
  view: StackView;
  examples: ExampleFolder;
}

/** Until a request has come in whole; the answer may take as long as it likes. */
const requestTimeout = 30_000;

/** The playground's server; whoever calls `listen` gives it a loopback address. Credentials stay on this side. */
export function createPlayground({ token, page, view, examples }: PlaygroundOptions): FastifyInstance {
  const app = fastify({ bodyLimit: mostRequestBytes, requestTimeout, forceCloseConnections: true });
  // What a form of another site can send; our page sends JSON alone.
  app.removeContentTypeParser("text/plain");
  guard(app, { token, policy: page.policy });
  app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(page.html));
  registerSetup(app, view, examples);
  registerChat(app, view);
  registerExamples(app, examples);
  registerReport(app, view);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ message: `There is nothing at ${request.url.split("?")[0]}.` } satisfies Problem),
  );
  app.setErrorHandler((error: FastifyError, _request, reply) => reply.code(statusOf(error)).send(problemOf(error)));
  return app;
}
