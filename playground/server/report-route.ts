import type { FastifyInstance } from "fastify";
import type { StackView } from "../../report/stack-view";

/** `GET /api/report`: the training report as of now. */
export function registerReport(app: FastifyInstance, view: StackView): void {
  app.get("/api/report", () => view.report());
}
