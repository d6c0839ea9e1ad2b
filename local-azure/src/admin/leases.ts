import { ADMIN_HEADER } from "./admin-header";
import { requireAdmin } from "./access";
import type { App } from "../http/app";
import type { World } from "../world/world";
import { rehearsalInfo } from "./rehearsal-info";

/**
 * Who uses the service: each client holds a request open, and the service may end when the last of them is gone,
 * however it went.
 */
export class Leases {
  private open = 0;

  /** @param onIdle - called when the last lease has ended */
  constructor(private readonly onIdle: () => void) {}

  /** `GET /local-azure/lease`: one line of JSON (what `connect` hands out), then nothing until the client disconnects. */
  register(app: App, world: World): void {
    app.get("/local-azure/lease", (request, reply) => {
      requireAdmin(world, request.headers[ADMIN_HEADER]);
      reply.hijack();
      this.open += 1;
      reply.raw.on("close", () => {
        this.open -= 1;
        if (this.open === 0) this.onIdle();
      });
      reply.raw.writeHead(200, { "content-type": "application/x-ndjson" });
      reply.raw.write(`${JSON.stringify(rehearsalInfo(world))}\n`);
    });
  }

  get count(): number {
    return this.open;
  }
}
