import { APIConnectionTimeoutError, APIError } from "openai";
import { connectionFailure } from "./connection-error";
import { AzureFailure } from "./failure";
import { isKnownNotFound } from "./gone-codes";
import { nextStep } from "./next-steps";
import { innerRefusals, type InnerRefusals } from "./inner-refusals";
import { UnexpectedAnswer } from "./unexpected-answer";

/** A refusal as it came over the wire, for requests without a client of their own. */
export class AnswerError extends Error {
  constructor(
    readonly status: number,
    /** Parsed JSON, else text. */
    readonly body: unknown,
    readonly headers: Headers,
  ) {
    super(`status ${status}`);
    this.name = "AnswerError";
  }
}

/**
 * Any error of the openai client or of Resource Manager's client as an AzureFailure.
 * @param doing - what was tried, for the sentence, e.g. `Submitting the fine-tuning job`
 * @param target - address that was called
 */
export function toFailure(error: unknown, doing: string, target: string): AzureFailure {
  const signIn = ownFailure(error);
  if (signIn) return signIn;
  if (error instanceof UnexpectedAnswer) return notWhatWasAsked(error, doing, target);
  const answer = answerOf(error);
  // Success that can't be read, or that is no success: Resource Manager's client takes it for an error with its status.
  if (answer && answer.status < 400) {
    return notWhatWasAsked(
      new UnexpectedAnswer("a complete response", `status ${answer.status} without one`),
      doing,
      target,
    );
  }
  if (answer) return isForeign(answer) ? foreign(answer, doing, target) : refused(answer, doing);
  const cut = error instanceof APIConnectionTimeoutError ? timedOut(target) : connectionFailure(error, target);
  const reason = cut?.message ?? `${target} sent an incomplete response (${nameOf(error)}).`;
  return new AzureFailure(`${doing} failed: ${reason}`, {
    code: cut?.code,
    neverSent: cut?.neverSent,
    detail: reason,
  });
}

/** Ours, also where the openai client has wrapped it: a token that could not be obtained is reported as such, and nothing was sent. */
function ownFailure(error: unknown, depth = 0): AzureFailure | undefined {
  if (error instanceof AzureFailure) return error;
  if (!(error instanceof Error) || depth > 3) return undefined;
  return ownFailure(error.cause, depth + 1);
}

/** Whether the request was carried out is unknown: the service itself has not answered. */
function notWhatWasAsked({ wanted, got }: UnexpectedAnswer, doing: string, target: string): AzureFailure {
  const detail = `Expected ${wanted} from ${target}, but got ${got}: ${IN_BETWEEN}.`;
  return new AzureFailure(`${doing} failed: ${detail}`, { code: "UnexpectedAnswer", detail });
}

const IN_BETWEEN = "check whether a proxy, gateway or sign-in page on the network is responding instead of Azure";

/** What answers instead of Azure has other shapes than Azure, or none; its refusals say nothing about what was asked for. */
function isForeign({ status, code, isAzures }: Answer): boolean {
  if (status === 404 || status === 410) return !isAzures || !isKnownNotFound(code);
  // These are repeated or reported as they are, whoever sends them.
  if (status === 401 || status === 407 || status === 408 || status === 429 || status >= 500) return false;
  return !isAzures;
}

function foreign(answer: Answer, doing: string, target: string): AzureFailure {
  const { status, code, isAzures, message } = answer;
  const what =
    isAzures && code
      ? `${status} with code ${code} (${message.trim() || "no reason given"}), which does not mean that the resource is missing`
      : `${status} without an Azure error`;
  const detail = `${target} returned ${what}: ${IN_BETWEEN}, and whether the address is correct.`;
  return new AzureFailure(`${doing} failed: ${detail}`, {
    ...{ status, code, detail, foreign: true },
    retryAfterMs: retryAfter(answer),
  });
}

interface Answer {
  status: number;
  /** Whether the body is JSON with an object `error`, as every refusal of Azure's is. */
  isAzures: boolean;
  code?: string;
  message: string;
  /** The refusals that this one wraps. */
  inner: InnerRefusals;
  header(name: string): string | null | undefined;
}

function refused(answer: Answer, doing: string): AzureFailure {
  const { status, code, inner } = answer;
  const own = answer.message.trim();
  // A wrapper such as InvalidTemplateDeployment says only that something inside was refused.
  const cause = inner.messages.find((message) => !own.includes(message.trim()))?.trim();
  const message = [own, cause].filter(Boolean).join(" ") || "no reason given";
  const named = code && code !== String(status) ? `${status} ${code}` : `${status}`;
  const filtered = inner.findings.filter((finding) => finding.filtered).map(({ category }) => category);
  const shown = filtered.length > 0 ? `${named}: ${filtered.join(", ")}` : named;
  return new AzureFailure(`${doing} failed: ${message.replace(/\.$/, "")} (${shown})`, {
    status,
    code,
    detail: message,
    retryAfterMs: retryAfter(answer),
    filterFindings: inner.findings.length > 0 ? inner.findings : undefined,
    nextStep: nextStep({ status, codes: [code, ...inner.codes], text: message }),
  });
}

function answerOf(error: unknown): Answer | undefined {
  if (error instanceof AnswerError) {
    const { status, body, headers } = error;
    return fromOpenAi({ status, headers, error: (body as { error?: unknown } | undefined)?.error });
  }
  return error instanceof APIError ? fromOpenAi(error as { status?: number }) : fromRest(error);
}

function fromOpenAi(error: { status?: number; error?: unknown; headers?: Headers }): Answer | undefined {
  const { status, headers } = error;
  if (status === undefined) return undefined;
  const body = error.error as { code?: unknown; message?: unknown } | undefined | null;
  return {
    status,
    isAzures: typeof body === "object" && body !== null && !Array.isArray(body),
    code: text(body?.code) ?? headers?.get("x-ms-error-code") ?? undefined,
    // Without a JSON body the client puts the status into the message: the sentence has it anyway.
    message: text(body?.message) ?? "",
    inner: innerRefusals(body),
    header: (name) => headers?.get(name),
  };
}

/** @azure/core-rest-pipeline's RestError; recognized by its shape, since several copies of the package may be loaded. */
function fromRest(error: unknown): Answer | undefined {
  const rest = error as {
    name?: string;
    statusCode?: number;
    code?: string;
    message?: string;
    details?: { error?: { code?: string; message?: string } };
    response?: { headers?: { get(name: string): string | undefined }; bodyAsText?: string | null };
  };
  if (rest?.name !== "RestError" || typeof rest.statusCode !== "number") return undefined;
  const code = text(rest.details?.error?.code);
  return {
    status: rest.statusCode,
    isAzures:
      code !== undefined ||
      (rest.statusCode !== 404 &&
        rest.statusCode !== 410 &&
        text(rest.code) !== undefined &&
        rest.code !== "PARSE_ERROR"),
    code: code ?? text(rest.code),
    message: rest.details?.error?.message ?? rest.message ?? "",
    inner: innerRefusals(rest.details?.error),
    header: (name) => rest.response?.headers?.get(name),
  };
}

/**
 * Azure sends milliseconds under two names; the standard header is in seconds or a date. A wait beyond a day is no answer, and left out;
 * how long a caller follows one at most is its own to decide.
 */
function retryAfter(answer: Answer): number | undefined {
  const asked = askedWait(answer);
  return asked !== undefined && asked >= 0 && asked <= LONGEST_ANSWER_MS ? asked : undefined;
}

const LONGEST_ANSWER_MS = 24 * 60 * 60_000;

function askedWait(answer: Answer): number | undefined {
  const milliseconds = Number(answer.header("retry-after-ms") || answer.header("x-ms-retry-after-ms") || Number.NaN);
  if (Number.isFinite(milliseconds)) return milliseconds;
  const value = answer.header("retry-after");
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds * 1000;
  // Both by the service's clock: ours may differ.
  const date = Date.parse(value);
  const now = Date.parse(answer.header("date") ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(now) ? Date.now() : now));
}

function timedOut(target: string): AzureFailure {
  return new AzureFailure(`${target} did not respond in time.`, { code: "ETIMEDOUT" });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function nameOf(error: unknown): string {
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : typeof error;
}
