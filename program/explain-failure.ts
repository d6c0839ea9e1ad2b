import * as pulumi from "@pulumi/pulumi";

/** A call to Azure whose failure ends the program with a sentence instead of a stack trace. */
export async function explainFailure<T>(call: Promise<T>, what: string): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new pulumi.RunError(`${what}: ${reasonOf(error)}`);
  }
}

/** What was wrong, in Azure's words, without what Pulumi and azure-native wrap around them. */
export function reasonOf(error: unknown): string {
  const text = (error as Error).message
    .replace(/^invocation of \S+ returned an error: /i, "")
    .replace(/\brpc error: code = \w+ desc = /g, "");
  return fromStatusLine(text) ?? fromResponse(text) ?? text;
}

/** azure-native: `Status=403 Code="AuthorizationFailed" Message="..."`. */
function fromStatusLine(text: string): string | undefined {
  const [, before, status, code, message] =
    /^([^]*?)\bStatus=(\d{3}) Code="([^"]*)" Message="([^]*?)"\s*$/.exec(text) ?? [];
  return message ? `${before}${sentence(message)} (${code}, status ${status}).` : undefined;
}

/**
 * azcore, the HTTP library of azure-native: the request, `RESPONSE 403: 403 Forbidden`, `ERROR CODE: AuthorizationFailed` and the body,
 * with lines of dashes between them.
 */
function fromResponse(text: string): string | undefined {
  const [, status, words] = /^RESPONSE (\d{3}): \d{3} (.*)$/m.exec(text) ?? [];
  if (status === undefined) return undefined;
  const code = /^ERROR CODE: (\S+)/m.exec(text)?.[1];
  const [, method, url] = /\b(GET|PUT|POST|PATCH|DELETE|HEAD) (https?:\S+)/.exec(text) ?? [];
  const message = bodyMessage(text);
  const host = url && URL.canParse(url) ? new URL(url).host : "Azure";
  if (message === undefined)
    return `${host} returned status ${status} for ${method ?? "the request"} (${code ?? words}).`;
  return `${sentence(message)} (${code === undefined ? "" : `${code}, `}status ${status}).`;
}

/** `error.message` of the JSON in the text. */
function bodyMessage(text: string): string | undefined {
  try {
    const body = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as {
      error?: { message?: unknown };
    };
    return typeof body.error?.message === "string" ? body.error.message : undefined;
  } catch {
    return undefined;
  }
}

function sentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text.slice(0, -1) : text;
}
