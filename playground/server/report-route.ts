import type { FastifyInstance } from "fastify";
import type { StackView } from "../../report/stack-view";

/** `GET /api/report`: the training report as of now. `GET /api/cases`: what its evaluation is of, with texts; null without one. */
export function registerReport(app: FastifyInstance, view: StackView): void {
  app.get("/api/report", () => view.report());
  app.get("/api/cases", async (_request, reply) => {
    const cases = (await view.evaluatedCases()) ?? null;
    return reply.type("application/json; charset=utf-8").send(JSON.stringify(cases));
  });
}
