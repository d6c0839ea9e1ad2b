import { request } from "node:https";
import path from "node:path";
import { startServer, type RunningServer } from "../../local-azure/src/service/server";
import { ADMIN_HEADER } from "local-azure/admin/admin-header";
import type { PageSource } from "local-azure/live/page-source";
import { testKeys } from "local-azure/storage/test-keys";
import { liveLink } from "../../local-azure/src/admin/live-link";
import { seedAccount } from "../../local-azure/src/rehearsal/seeded-account";
import { ManualClock } from "local-azure/testing";
import { instantSettings } from "../../local-azure/src/world/settings";

/** A service with an account and a live page over a folder, which can be stopped and started again at the same place. */
export class RehearsedCloud {
  private constructor(
    private readonly folder: string,
    private readonly page: PageSource,
    private readonly clock: ManualClock,
    private server: RunningServer,
  ) {}

  static async start(folder: string, page: PageSource): Promise<RehearsedCloud> {
    const clock = new ManualClock();
    const server = await serve(folder, page, clock);
    seedAccount(server.world);
    return new RehearsedCloud(folder, page, clock, server);
  }

  get link(): string {
    return liveLink(this.server.world);
  }

  advance(ms: number): void {
    this.server.world.advance(ms);
  }

  /** Uploads twelve examples and submits a job over them. */
  async submitJob(): Promise<{ id: string }> {
    const rows = Array.from({ length: 12 }, (_, row) => ({
      messages: [
        { role: "user", content: `What is row ${row}?` },
        { role: "assistant", content: `Row ${row} has the number ${row}.` },
      ],
    }));
    const boundary = "a-boundary";
    const part = (name: string, text: string) =>
      `--${boundary}\r\ncontent-disposition: form-data; ${name}\r\n\r\n${text}\r\n`;
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    const file = await this.call("POST", "/files", {
      type: `multipart/form-data; boundary=${boundary}`,
      body: `${part('name="purpose"', "fine-tune")}${part('name="file"; filename="lessons.jsonl"', text)}--${boundary}--\r\n`,
    });
    return this.call("POST", "/fine_tuning/jobs", {
      type: "application/json",
      body: JSON.stringify({ model: "gpt-4o-mini-2024-07-18", training_file: file.id, suffix: "lessons" }),
    });
  }

  /** A request that gets some answer. */
  async ask(url: string, headers: Record<string, string> = {}): Promise<void> {
    await this.send("GET", url, headers);
  }

  async addFault(): Promise<void> {
    const headers = { [ADMIN_HEADER]: this.server.world.state.adminToken, "content-type": "application/json" };
    const fault = { match: "GET /nowhere", nth: 2, times: 3, action: { kind: "answer", status: 429 } };
    await this.send("POST", "/local-azure/faults", headers, JSON.stringify(fault));
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  async restart(): Promise<void> {
    const { port, world } = this.server;
    this.server = await serve(this.folder, this.page, this.clock, port, Number(new URL(world.liveOrigin).port));
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private async call(
    method: string,
    url: string,
    { type, body }: { type: string; body: string },
  ): Promise<{ id: string }> {
    const [account] = this.server.world.state.accounts;
    const headers = { "api-key": account!.keys[0], "content-type": type };
    return JSON.parse(await this.send(method, `/openai/v1${url}`, headers, body)) as { id: string };
  }

  private send(method: string, url: string, headers: Record<string, string>, body?: string): Promise<string> {
    const { world, certificates } = this.server;
    return new Promise((resolve, reject) => {
      const asked = request(
        `${world.origin}${url}`,
        { method, headers, ca: certificates.caPem, agent: false },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          answer.on("end", () => resolve(text));
        },
      );
      asked.on("error", reject).end(body);
    });
  }
}

async function serve(
  folder: string,
  page: PageSource,
  clock: ManualClock,
  port = 0,
  livePort = 0,
): Promise<RunningServer> {
  return startServer({
    ...{ stateFile: path.join(folder, "state.json"), clock, page, port, livePort, flush: false },
    ...(await testKeys()),
    settings: { ...instantSettings, trainingSeconds: 100 },
  });
}
