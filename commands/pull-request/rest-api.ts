import { connectionFailure } from "../../azure-openai/connection-error";
import { fetchJson } from "../../azure-openai/fetch-json";
import { AnswerError } from "../../azure-openai/to-failure";
import { UserError } from "../../stack/command";

/** A REST API of the platform that runs the pipeline. */
export interface RestApi {
  /** As people call it, for messages. */
  platform: string;
  /** Address that paths are appended to. */
  base: string;
  /** Headers that sign in. */
  headers: Record<string, string>;
  /** What to do about a refusal (401, 403, 404): they come from the setup. */
  ifRefused: string;
}

/**
 * Calls the API with a JSON body.
 *
 * @returns the parsed answer.
 * @throws UserError when the platform refuses or doesn't answer; the headers are never in it
 */
export async function callApi<T>(
  { platform, base, headers, ifRefused }: RestApi,
  method: "GET" | "POST" | "PUT" | "PATCH",
  path: string,
  body?: unknown,
): Promise<T> {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  try {
    const init = { method, headers: { ...headers, accept: "application/json", ...json }, body: JSON.stringify(body) };
    return (await fetchJson(`${base}${path}`, init)) as T;
  } catch (error) {
    if (error instanceof AnswerError) throw new UserError(refusal(platform, error, ifRefused));
    const unreachable = connectionFailure(error, new URL(base).origin);
    throw unreachable ? new UserError(unreachable.message) : error;
  }
}

function refusal(platform: string, { status, body }: AnswerError, ifRefused: string): string {
  const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown };
  const said = [message, error].find((text) => text !== undefined);
  const text = typeof said === "string" ? said : JSON.stringify(said);
  const reason = said === undefined ? "" : `: ${text.slice(0, 300).replace(/\.+$/, "")}`;
  return `${platform} returned ${status}${reason}.${[401, 403, 404].includes(status) ? ` ${ifRefused}` : ""}`;
}

/** Variables of a job, in the order of their names. @throws UserError that names the first that is missing, and where it comes from */
export function allNeededIn<const Names extends readonly string[]>(
  env: NodeJS.ProcessEnv,
  names: Names,
  from: string,
): { -readonly [Name in keyof Names]: string } {
  return names.map((name) => neededIn(env, name, from)) as { -readonly [Name in keyof Names]: string };
}

/** @throws UserError that names the variable, and where it comes from */
export function neededIn(env: NodeJS.ProcessEnv, name: string, from: string): string {
  const value = env[name];
  if (!value) throw new UserError(`${name} is not set: ${from}.`);
  return value;
}
