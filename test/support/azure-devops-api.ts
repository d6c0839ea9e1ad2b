import { serveJson, type JsonServer } from "./json-server";

interface Thread {
  id: number;
  on: string;
  status: string;
  isDeleted: boolean;
  comments: { id: number; content: string; author: { id: string }; isDeleted?: boolean }[];
}

/** As much of the REST API of Azure DevOps, on loopback and in memory, as the pipelines use (learn.microsoft.com/rest/api/azure/devops, 7.1). */
export class AzureDevOpsApi {
  readonly threads: Thread[] = [];
  readonly builds: { id: number; definition: string; branch: string; status: string }[] = [];
  readonly runs: { pipeline: string; ref: string; parameters: unknown }[] = [];
  /** Answer to give instead of what was asked for. */
  refuse?: { status: number; message: string };

  private constructor(
    private readonly server: JsonServer,
    private readonly token: string,
  ) {}

  /** @param token - System.AccessToken of the job. */
  static async start(token = "job-token"): Promise<AzureDevOpsApi> {
    const server = await serveJson(({ route, query, headers, body }) => {
      if (api.refuse) return { status: api.refuse.status, json: { message: api.refuse.message } };
      if (headers.authorization !== `Bearer ${token}`) return { status: 401 };
      if (!query.get("api-version")?.startsWith("7.1")) return { status: 400, json: { message: "No api-version." } };
      return api.answer(route, query, body);
    });
    const api = new AzureDevOpsApi(server, token);
    return api;
  }

  /** What the agent gives a step that maps System.AccessToken. */
  get env() {
    return {
      TF_BUILD: "True",
      SYSTEM_COLLECTIONURI: `${this.server.origin}/team/`,
      SYSTEM_TEAMPROJECTID: "models",
      SYSTEM_DEFINITIONID: "3",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
      BUILD_REPOSITORY_ID: "repository",
      BUILD_SOURCEBRANCH: "refs/heads/main",
      BUILD_BUILDID: "40",
      SYSTEM_ACCESSTOKEN: this.token,
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
    if (route === "GET /team/_apis/connectionData")
      return { status: 200, json: { authenticatedUser: { id: "build" } } };
    const [, method, on, thread, comment] =
      /^(\w+) \/team\/models\/_apis\/git\/repositories\/repository\/pullRequests\/(\d+)\/threads(?:\/(\d+)\/comments\/(\d+))?$/.exec(
        route,
      ) ?? [];
    if (method === "GET") return { status: 200, json: { value: this.threads.filter((entry) => entry.on === on) } };
    if (method === "POST") {
      const [first] = body.comments as { content: string }[];
      const comments = [{ id: 1, content: first!.content, author: { id: "build" } }];
      const made = { id: this.threads.length + 1, on: on!, status: String(body.status), isDeleted: false, comments };
      this.threads.push(made);
      return { status: 200, json: made };
    }
    if (method === "PATCH") {
      const found = this.threads[Number(thread) - 1]?.comments.find(({ id }) => String(id) === comment);
      if (found?.author.id !== "build") return { status: 403, json: { message: "Not its author." } };
      return { status: 200, json: Object.assign(found, { content: String(body.content) }) };
    }
    if (route === "GET /team/models/_apis/build/builds") {
      const statuses = query.get("statusFilter")!.split(",");
      const value = this.builds.filter(
        ({ definition, branch, status }) =>
          definition === query.get("definitions") && branch === query.get("branchName") && statuses.includes(status),
      );
      return { status: 200, json: { value } };
    }
    const [, pipeline] = /^POST \/team\/models\/_apis\/pipelines\/(\d+)\/runs$/.exec(route) ?? [];
    if (pipeline) {
      const { resources, templateParameters } = body as {
        resources: { repositories: { self: { refName: string } } };
        templateParameters: unknown;
      };
      this.runs.push({ pipeline, ref: resources.repositories.self.refName, parameters: templateParameters });
      return { status: 200, json: { id: 41 } };
    }
    return { status: 404, json: { message: `There is no ${route}.` } };
  }
}
