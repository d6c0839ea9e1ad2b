import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { openCertificates } from "../../src/storage/certificates";

export interface StubRequest {
  method: string;
  /** Path with query. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown> | undefined;
}

export interface StubAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
export const TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
export const CLIENT = "99999999-8888-7777-6666-555555555555";
export const OBJECT_ID = "12121212-3434-5656-7878-909090909090";

/** A Resource Manager with sign-in over TLS that keeps what is PUT, and answers what a test tells it to. */
export interface ArmStub {
  origin: string;
  caPem: string;
  caFile: string;
  /** ARM requests in order, without sign-in and metadata. */
  requests: StubRequest[];
  /** By lower-case path. */
  resources: Map<string, Record<string, unknown>>;
  /** The next answers to requests of this method whose path ends so; afterwards the stub answers by itself again. */
  answerNext(method: string, pathEnd: string, ...answers: StubAnswer[]): void;
  /** Forgets requests, resources and planned answers. */
  reset(): void;
  close(): Promise<void>;
}

export async function startArmStub(): Promise<ArmStub> {
  const folder = mkdtempSync(path.join(tmpdir(), "arm-stub-"));
  const { cert, key, caPem, caFile } = await openCertificates(folder);
  const planned: { method: string; pathEnd: string; answers: StubAnswer[] }[] = [];
  const requests: StubRequest[] = [];
  const resources = new Map<string, Record<string, unknown>>();
  let origin = "";

  const answer = (request: StubRequest): StubAnswer => {
    const path = request.url.split("?")[0]!;
    const entrance = signIn(origin, path, request) ?? undefined;
    if (entrance) return entrance;
    requests.push(request);
    const plan = planned.find(
      (candidate) =>
        candidate.method === request.method && path.endsWith(candidate.pathEnd) && candidate.answers.length,
    );
    return plan?.answers.shift() ?? keep(resources, path, request);
  };
  const server = createServer({ cert, key }, (request, response) => void serve(request, response, answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    caPem,
    caFile,
    requests,
    resources,
    answerNext: (method, pathEnd, ...answers) => planned.push({ method, pathEnd, answers }),
    reset: () => {
      requests.length = 0;
      planned.length = 0;
      resources.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, answer: (request: StubRequest) => StubAnswer) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = request.headers["content-type"]?.startsWith("application/json");
  const { status, body, headers } = answer({
    method: request.method!,
    url: request.url!,
    headers: request.headers,
    body: (isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))) as Record<string, unknown>,
  });
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json", ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}

function signIn(origin: string, path: string, request: StubRequest): StubAnswer | undefined {
  if (path === "/metadata/endpoints") {
    const authentication = { loginEndpoint: `${origin}/`, audiences: [`${origin}/arm`] };
    return {
      status: 200,
      body: { authentication, resourceManager: `${origin}/`, microsoftGraphResourceId: `${origin}/graph` },
    };
  }
  if (path.endsWith("/.well-known/openid-configuration")) {
    const login = `${origin}/${TENANT}`;
    return {
      status: 200,
      body: {
        issuer: `${login}/v2.0`,
        authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
        token_endpoint: `${login}/oauth2/v2.0/token`,
        jwks_uri: `${login}/discovery/v2.0/keys`,
      },
    };
  }
  if (!path.endsWith("/oauth2/v2.0/token")) return undefined;
  if (request.body?.client_secret !== "right") {
    const description = "AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2";
    return { status: 401, body: { error: "invalid_client", error_description: description, error_codes: [7000215] } };
  }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const token = [
    encode({ alg: "none" }),
    encode({ oid: OBJECT_ID, appid: CLIENT, tid: TENANT, scope: request.body.scope }),
    "",
  ];
  return { status: 200, body: { token_type: "Bearer", expires_in: 3599, access_token: token.join(".") } };
}

function keep(resources: ArmStub["resources"], path: string, request: StubRequest): StubAnswer {
  const id = path.toLowerCase();
  const isNew = !resources.has(id);
  const notFound = {
    status: 404,
    body: { error: { code: "ResourceNotFound", message: "The resource was not found." } },
  };
  if (request.method === "GET") return resources.has(id) ? { status: 200, body: resources.get(id) } : notFound;
  if (request.method === "DELETE") return { status: resources.delete(id) ? 200 : 204 };
  const properties = {
    ...(request.body?.properties as object),
    provisioningState: "Succeeded",
    endpoint: "https://example.test/",
  };
  const name = path.split("/").at(-1);
  resources.set(id, { ...request.body, id: path, name, etag: '"1"', surprise: "not in the schema", properties });
  return { status: isNew ? 201 : 200, body: resources.get(id) };
}
