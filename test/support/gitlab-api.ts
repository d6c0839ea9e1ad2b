import { serveJson, type JsonServer } from "./json-server";

/** As much of GitLab's REST API, on loopback and in memory, as the jobs use (docs.gitlab.com/api). */
export class GitlabApi {
  readonly notes: { id: number; on: string; body: string; author: { id: number } }[] = [];
  readonly triggered: { ref: unknown }[] = [];
  /** Answer to give instead of what was asked for. */
  refuse?: { status: number; message: string };

  private constructor(private readonly server: JsonServer) {}

  static async start(): Promise<GitlabApi> {
    const server = await serveJson(({ route, query, headers, body }) => {
      if (api.refuse) return { status: api.refuse.status, json: { message: api.refuse.message } };
      if (route === "POST /api/v4/projects/5/trigger/pipeline") {
        if (body.token !== "job-token") return { status: 404, json: { message: "404 Not Found" } };
        api.triggered.push({ ref: body.ref });
        return { status: 201, json: { id: 12, web_url: "https://gitlab.test/team/models/-/pipelines/12" } };
      }
      if (headers["private-token"] !== "project-token") return { status: 401, json: { message: "401 Unauthorized" } };
      return api.answer(route, query, body);
    });
    const api = new GitlabApi(server);
    return api;
  }

  /** What GitLab gives a job of a merge request, and the project's variable. */
  get env() {
    return {
      GITLAB_CI: "true",
      CI_API_V4_URL: `${this.server.origin}/api/v4`,
      CI_PROJECT_ID: "5",
      CI_MERGE_REQUEST_IID: "7",
      CI_COMMIT_REF_NAME: "main",
      CI_JOB_TOKEN: "job-token",
      FINETUNE_GITLAB_TOKEN: "project-token",
    };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private answer(
    route: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): { status: number; json?: unknown } {
    if (route === "GET /api/v4/user") return { status: 200, json: { id: 77 } };
    const [, method, on, note] =
      /^(\w+) \/api\/v4\/projects\/5\/merge_requests\/(\d+)\/notes(?:\/(\d+))?$/.exec(route) ?? [];
    if (method === "GET") {
      const [size, page] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
      return { status: 200, json: this.notes.filter((entry) => entry.on === on).slice((page - 1) * size, page * size) };
    }
    if (method === "POST") {
      const made = { id: this.notes.length + 1, on: on!, body: String(body.body), author: { id: 77 } };
      this.notes.push(made);
      return { status: 201, json: made };
    }
    if (method === "PUT") return { status: 200, json: Object.assign(this.notes[Number(note) - 1]!, body) };
    return { status: 404, json: { message: "404 Not Found" } };
  }
}
