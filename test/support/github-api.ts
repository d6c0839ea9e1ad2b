import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface GithubText {
  number: number;
  body: string;
  user: { type: "Bot" | "User" };
  title?: string;
  labels?: string[];
  state: "open" | "closed";
}

/** As much of GitHub's REST API, on loopback and in memory, as the workflows use (docs.github.com/rest, version 2022-11-28). */
export class GithubApi {
  readonly comments: (GithubText & { on: number })[] = [];
  readonly issues: GithubText[] = [];
  readonly dispatches: { workflow: string; ref: string; inputs: Record<string, string> }[] = [];
  /** Runs of workflows, newest first. */
  readonly runs: { id: number; workflow: string; branch: string; status: string }[] = [];
  /** Artifacts that runs left. */
  readonly artifacts: { id: number; run: number; name: string; size_in_bytes: number; expired: boolean }[] = [];
  /** Answers to give instead of what was asked for. */
  refuse?: { status: number; message: string };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GithubApi> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const url = new URL(request.url!, "http://localhost");
        const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
        const { status, json, next } = api.answer(request.method!, url, body, request.headers.authorization);
        if (next) {
          url.searchParams.set("page", String(next));
          response.setHeader("link", `<${api.env.GITHUB_API_URL}${url.pathname}${url.search}>; rel="next"`);
        }
        response.writeHead(status, { "content-type": "application/json" });
        response.end(json === undefined ? "" : JSON.stringify(json));
      });
    });
    const api = new GithubApi(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** What a runner gives a step. */
  get env() {
    const { port } = this.server.address() as AddressInfo;
    return { GITHUB_API_URL: `http://127.0.0.1:${port}`, GITHUB_REPOSITORY: "team/models", GITHUB_REF_NAME: "main" };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(
    method: string,
    url: URL,
    body: Record<string, unknown>,
    authorization?: string,
  ): { status: number; json?: unknown; next?: number } {
    if (this.refuse) return { status: this.refuse.status, json: { message: this.refuse.message } };
    if (authorization !== "token job-token") return { status: 401, json: { message: "Bad credentials" } };
    const route = `${method} ${url.pathname.replace("/repos/team/models", "")}`;
    const page = <T>(all: T[]) => {
      const size = Number(url.searchParams.get("per_page") ?? 30);
      const number = Number(url.searchParams.get("page") ?? 1);
      const end = number * size;
      return { status: 200, json: all.slice(end - size, end), next: end < all.length ? number + 1 : undefined };
    };
    const number = Number(/\/(\d+)/.exec(route)?.[1] ?? 0);
    if (/^GET \/issues\/\d+\/comments$/.test(route))
      return page(this.comments.filter((comment) => comment.on === number).map(shown));
    if (/^POST \/issues\/\d+\/comments$/.test(route)) {
      const comment = { ...this.text(body), on: number, number: this.comments.length + 1 };
      this.comments.push(comment);
      return { status: 201, json: shown(comment) };
    }
    if (/^PATCH \/issues\/comments\/\d+$/.test(route))
      return { status: 200, json: shown(Object.assign(this.comments[number - 1]!, body)) };
    if (route === "GET /issues") {
      const [state, label] = [url.searchParams.get("state"), url.searchParams.get("labels")!];
      return page(this.issues.filter((issue) => issue.state === state && issue.labels?.includes(label)).map(shown));
    }
    if (route === "POST /issues") {
      const issue = { ...this.text(body), ...body, number: this.issues.length + 1 };
      this.issues.push(issue);
      return { status: 201, json: shown(issue) };
    }
    if (/^PATCH \/issues\/\d+$/.test(route))
      return { status: 200, json: shown(Object.assign(this.issues[number - 1]!, body)) };
    const listed = /^GET \/actions\/workflows\/([\w.-]+)\/runs$/.exec(route);
    if (listed) {
      const branch = url.searchParams.get("branch");
      const runs = this.runs.filter((run) => run.workflow === listed[1] && run.branch === branch);
      return { status: 200, json: { total_count: runs.length, workflow_runs: runs } };
    }
    const artifacts = /^GET \/actions\/runs\/(\d+)\/artifacts$/.exec(route);
    if (artifacts) {
      const name = url.searchParams.get("name");
      const found = this.artifacts.filter((entry) => entry.run === Number(artifacts[1]) && entry.name === name);
      return { status: 200, json: { total_count: found.length, artifacts: found } };
    }
    const dispatched = /^POST \/actions\/workflows\/([\w.-]+)\/dispatches$/.exec(route);
    if (dispatched) {
      this.dispatches.push({ workflow: dispatched[1]!, ...(body as { ref: string; inputs: Record<string, string> }) });
      return { status: 204 };
    }
    return { status: 404, json: { message: "Not Found" } };
  }

  private text(body: Record<string, unknown>): GithubText {
    return { number: 0, body: String(body.body), user: { type: "Bot" }, state: "open" };
  }
}

function shown(text: GithubText) {
  return { ...text, id: text.number, html_url: `https://github.test/team/models/${text.number}` };
}
