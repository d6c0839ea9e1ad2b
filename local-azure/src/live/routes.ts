import { LIVE_PATH } from "../admin/live-link";
import { accountNamed } from "../admin/route";
import type { App, AppRoute } from "../http/app";
import { param } from "../http/request";
import type { World } from "../world/world";
import { protect, refusalOf } from "./guard";
import { jobDetail } from "./job-detail";
import type { Live } from "./live";
import type { HtmlDocument, PageSource } from "./page-source";

export interface LiveRoutes {
  live: Live;
  /** Absent: the page's calls are answered, and there is no page. */
  page: PageSource | undefined;
  /** Names by which the service is reached. */
  hosts: readonly string[];
}

/**
 * The live page: `GET /local-azure/live` is the page, which is the same for everybody and holds nothing; what it asks for wants the token of its link. It can
 * only read.
 */
export function registerLive(app: App, world: World, { live, page, hosts }: LiveRoutes): void {
  const get = (url: string, handler: AppRoute["handler"]) =>
    app.get(url, async (request, reply) => {
      protect(reply);
      const refusal = refusalOf(request, { state: world.state, hosts });
      return refusal ? reply.code(refusal.status).send({ message: refusal.message }) : handler(request, reply);
    });
  let document: Promise<HtmlDocument> | undefined;
  get(LIVE_PATH, async (_request, reply) => {
    if (!page) return reply.code(404).send({ message: "This service was started without its live page." });
    document ??= page();
    document.catch(() => (document = undefined));
    const { html, policy } = await document;
    protect(reply, policy);
    return reply.type("text/html; charset=utf-8").send(html);
  });
  get(`${LIVE_PATH}/stream`, (_request, reply) => {
    if (live.full) return reply.code(503).send({ message: "Too many live pages are open. Close one of them." });
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...headersOf(reply), "content-type": "application/x-ndjson; charset=utf-8" });
    raw.on("close", live.join(raw));
    return reply;
  });
  get(`${LIVE_PATH}/requests/:number`, (request, reply) => {
    const found = live.detail(Number(param(request, "number")));
    return found ?? reply.code(404).send({ message: "The service no longer remembers this request." });
  });
  get(`${LIVE_PATH}/accounts/:account/jobs/:id`, (request, reply) => {
    const account = accountNamed(world, request);
    const job = account.dataPlane.jobs.find(({ id }) => id === param(request, "id"));
    return job ? jobDetail(world, account, job) : reply.code(404).send({ message: "The job no longer exists." });
  });
}

function headersOf(reply: { getHeaders(): Record<string, unknown> }): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}
