import { request } from "node:https";
import type { TestService } from "../src/testing";

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: unknown;
}

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; a URLSearchParams as a form. */
  body?: unknown;
  /** Name that the certificate is checked for. Default: that of `Host`. */
  servername?: string;
  /** Sent as it is, as JSON, in place of `body`. */
  text?: string;
}

/** One request over TLS that trusts the service's authority. */
export function call(
  service: Pick<TestService, "origin" | "caPem">,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { method = "GET", headers = {}, body } = options;
  const form = body instanceof URLSearchParams;
  const text = options.text ?? (body === undefined ? undefined : form ? body.toString() : JSON.stringify(body));
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  return new Promise((resolve, reject) => {
    const asked = request(
      `${service.origin}${path}`,
      {
        method,
        ca: service.caPem,
        agent: false,
        ...(options.servername !== undefined && { servername: options.servername }),
        headers: { ...(text !== undefined && { "content-type": type }), ...headers },
      },
      (response) => {
        let answer = "";
        response.on("error", reject);
        response.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body:
              answer === ""
                ? undefined
                : /html/.test(response.headers["content-type"] ?? "")
                  ? answer
                  : (JSON.parse(answer) as unknown),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(text);
  });
}

/** An access token of an application for a resource, by its secret. */
export async function tokenFor(
  service: TestService,
  client: { clientId: string; clientSecret: string },
  resource: string = service.origin,
): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.clientId,
    client_secret: client.clientSecret,
    scope: `${resource}/.default`,
  });
  const answer = await call(service, `/${service.tenantId}/oauth2/v2.0/token`, { method: "POST", body });
  return (answer.body as { access_token: string }).access_token;
}
