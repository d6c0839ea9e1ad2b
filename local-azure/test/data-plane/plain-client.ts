import { Agent, request } from "undici";
import type { TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";

/** An answer as it came, with its body read as JSON where it is JSON. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: Record<string, unknown>;
}

const agents = new WeakMap<TestService, Agent>();

function agentOf(service: TestService): Agent {
  const agent = agents.get(service) ?? new Agent({ connect: { ca: service.caPem } });
  agents.set(service, agent);
  return agent;
}

/** One request below an account's endpoint, with its key, over TLS. */
export async function call(
  service: TestService,
  account: AccountRecord,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(service, account, method, path, body === undefined ? undefined : JSON.stringify(body), {
    "content-type": "application/json",
    ...headers,
  });
}

/** A multipart upload; `purpose` before or after the file. */
export async function uploadFile(
  service: TestService,
  account: AccountRecord,
  path: string,
  text: string | Buffer,
  purpose: string | undefined,
  part = "file",
  fields: Record<string, string> = {},
  purposeFirst = false,
): Promise<Answer> {
  const boundary = "-----------------rehearsal";
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const others = Object.entries({ ...(purpose === undefined ? {} : { purpose }), ...fields })
    .map(([name, value]) => field(name, value))
    .join("");
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${part}"; filename="données.jsonl"\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(purposeFirst ? others + head : head),
    Buffer.from(text),
    Buffer.from(`\r\n${purposeFirst ? "" : others}--${boundary}--\r\n`),
  ]);
  return send(service, account, "POST", path, body, { "content-type": `multipart/form-data; boundary=${boundary}` });
}

async function send(
  service: TestService,
  account: AccountRecord,
  method: string,
  path: string,
  body: string | Buffer | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const answer = await request(new URL(path, service.endpointOf(account)), {
    method: method as "GET",
    dispatcher: agentOf(service),
    headers: { "api-key": account.keys[0], ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.body.text();
  const isJson = String(answer.headers["content-type"]).startsWith("application/json");
  const parsed = (isJson && text !== "" ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: answer.statusCode, headers: answer.headers, text, body: parsed };
}
