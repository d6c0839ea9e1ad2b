import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { isObject, type Properties, type Value } from "./values";

/** Codes of a 404 that mean "gone" (azure-native since 3.11). With any other code, or none, it says nothing about the resource. */
const GONE = [
  "NotFound",
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "LockNotFound",
  "ParentResourceNotFound",
  "EntityNotFound",
  "SubscriptionNotFound",
  "RoleAssignmentNotFound",
  "VulnerabilityAssessmentBaselineDoesNotExists",
];

/** An answer of Resource Manager, read once. */
export class ArmAnswer {
  readonly status: number;
  readonly text: string;
  /** The body, if it is a JSON object. */
  readonly body: Properties | undefined;

  constructor(private readonly response: PipelineResponse) {
    this.status = response.status;
    this.text = response.bodyAsText ?? "";
    this.body = jsonObject(this.text);
  }

  header(name: string): string | undefined {
    return this.response.headers.get(name);
  }

  /** Azure's code of an error: header `x-ms-error-code`, else `error.code`, else `code`. */
  get errorCode(): string | undefined {
    return this.header("x-ms-error-code") ?? stringOf(this.error.code);
  }

  /** Resource Manager says that the resource is not there; a gateway's 404 says nothing about it. */
  get saysGone(): boolean {
    return (this.status === 404 || this.status === 410) && GONE.includes(this.errorCode ?? "");
  }

  /** The resource that a 200 or 201 holds; undefined when the answer is something else, e.g. a page of a gateway. */
  get resource(): Properties | undefined {
    return stringOf(this.body?.id) ? this.body : undefined;
  }

  /** An empty body, a resource or the state of an operation: what Resource Manager itself answers with success. */
  get isPlausible(): boolean {
    return this.text.trim() === "" || this.resource !== undefined || stringOf(this.body?.status) !== undefined;
  }

  /** Scheme, host and port that were asked. */
  get origin(): string {
    return new URL(this.response.request.url).origin;
  }

  get error(): Properties {
    return isObject(this.body?.error) ? this.body.error : (this.body ?? {});
  }

  /** Milliseconds that the service asks to wait: `retry-after-ms`, `x-ms-retry-after-ms`, `Retry-After` (s or date). */
  retryAfterMs(now: number = Date.now()): number | undefined {
    const asked = this.askedWait(now);
    // Longer than a day is no wait, and more than a timer can hold ends at once.
    return asked !== undefined && asked <= LONGEST_ANSWER_MS ? Math.min(asked, LONGEST_PAUSE_MS) : undefined;
  }

  private askedWait(now: number): number | undefined {
    for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
      const ms = Number(this.header(name) || NaN);
      if (ms >= 0) return ms;
    }
    const after = this.header("retry-after");
    if (!after) return undefined;
    if (Number(after) >= 0) return Number(after) * 1000;
    const date = Date.parse(after);
    if (Number.isNaN(date)) return undefined;
    // Both by the service's clock, which may differ from this machine's.
    const served = Date.parse(this.header("date") ?? "");
    return Math.max(0, date - (Number.isNaN(served) ? now : served));
  }
}

const LONGEST_ANSWER_MS = 24 * 60 * 60_000;
/** What is waited for may have happened long before: never wait longer than this without a look. */
const LONGEST_PAUSE_MS = 5 * 60_000;

/** ARM refused. The message has azure-native's form: `Status=409 Code="RequestConflict" Message="..."`. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    detail: string,
  ) {
    super(`Status=${status}${code ? ` Code="${code}"` : ""} Message="${detail}"`);
    this.name = "ArmError";
  }

  static of(answer: ArmAnswer): ArmError {
    const detail = stringOf(answer.error.message) ?? answer.text.trim().slice(0, 500);
    return new ArmError(answer.status, answer.errorCode, detail || "the answer has no body");
  }

  /** An answer that is none of Resource Manager's, so that nothing is known of the resource. */
  static foreign(answer: ArmAnswer): ArmError {
    const { status, errorCode, origin, error, text } = answer;
    const what = status < 400 ? "something else than the resource" : "without a code that says that it is gone";
    const shown = stringOf(error.message) ?? text.trim().slice(0, 200);
    return new ArmError(
      status,
      errorCode,
      `${origin} answered ${what}, so nothing is known of the resource: check whether a proxy or gateway answers in ` +
        `Azure's place, then run the command again. The answer: ${shown || "no body"}`,
    );
  }
}

export function stringOf(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function jsonObject(text: string): Properties | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
