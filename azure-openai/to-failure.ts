import { APIConnectionTimeoutError, APIError } from "openai";
import { connectionFailure } from "./connection-error";
import { AzureFailure } from "./failure";

/**
 * Any error of the openai client or of Resource Manager's client as an AzureFailure.
 * @param doing what was tried, for the sentence, e.g. `Submitting the fine-tuning job`
 * @param target address that was called
 */
export function toFailure(error: unknown, doing: string, target: string): AzureFailure {
  const signIn = ownFailure(error);
  if (signIn) return signIn;
  const answer = error instanceof APIError ? fromOpenAi(error as { status?: number }) : fromRest(error);
  if (answer) return refused(answer, doing);
  const cut = error instanceof APIConnectionTimeoutError ? timedOut(target) : connectionFailure(error, target);
  const reason = cut?.message ?? `${target} gave no complete answer (${nameOf(error)}).`;
  return new AzureFailure(`${doing} failed: ${reason}`, {
    code: cut?.code,
    neverSent: cut?.neverSent,
    detail: reason,
  });
}

/** Ours, also where the openai client has wrapped it: a token that could not be had is told as what it is, and nothing was sent. */
function ownFailure(error: unknown, depth = 0): AzureFailure | undefined {
  if (error instanceof AzureFailure) return error;
  if (!(error instanceof Error) || depth > 3) return undefined;
  return ownFailure(error.cause, depth + 1);
}

interface Answer {
  status: number;
  code?: string;
  message: string;
  header(name: string): string | null | undefined;
}

function refused(answer: Answer, doing: string): AzureFailure {
  const message = answer.message.trim() || "no reason given";
  const shown =
    answer.code && answer.code !== String(answer.status) ? `${answer.status} ${answer.code}` : answer.status;
  return new AzureFailure(`${doing} failed: ${message} (${shown})`, {
    status: answer.status,
    code: answer.code,
    detail: message,
    retryAfterMs: retryAfter(answer),
  });
}

function fromOpenAi(error: {
  status?: number;
  code?: unknown;
  error?: unknown;
  headers?: Headers;
}): Answer | undefined {
  const { status, headers } = error;
  if (status === undefined) return undefined;
  return {
    status,
    code: text(error.code) ?? headers?.get("x-ms-error-code") ?? undefined,
    // Without a JSON body the client puts the status into the message: the sentence has it anyway.
    message: text((error.error as { message?: unknown } | undefined)?.message) ?? "",
    header: (name) => headers?.get(name),
  };
}

/** @azure/core-rest-pipeline's RestError; told by its shape, since several copies of the package may be loaded. */
function fromRest(error: unknown): Answer | undefined {
  const rest = error as {
    name?: string;
    statusCode?: number;
    code?: string;
    message?: string;
    details?: { error?: { code?: string; message?: string } };
    response?: { headers?: { get(name: string): string | undefined } };
  };
  if (rest?.name !== "RestError" || typeof rest.statusCode !== "number") return undefined;
  return {
    status: rest.statusCode,
    code: rest.details?.error?.code ?? rest.code,
    message: rest.details?.error?.message ?? rest.message ?? "",
    header: (name) => rest.response?.headers?.get(name),
  };
}

/** Azure sends milliseconds under two names; the standard header is in seconds or a date. */
function retryAfter(answer: Answer): number | undefined {
  const milliseconds = Number(answer.header("retry-after-ms") ?? answer.header("x-ms-retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = answer.header("retry-after");
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function timedOut(target: string): AzureFailure {
  return new AzureFailure(`${target} did not answer in time.`, { code: "ETIMEDOUT" });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function nameOf(error: unknown): string {
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : typeof error;
}
