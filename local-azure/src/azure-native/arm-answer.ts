import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { isObject, type Properties, type Value } from "./values";

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

  get error(): Properties {
    return isObject(this.body?.error) ? this.body.error : (this.body ?? {});
  }

  /** Milliseconds that the service asks to wait: `retry-after-ms`, `x-ms-retry-after-ms`, `Retry-After` (s or date). */
  retryAfterMs(now: number = Date.now()): number | undefined {
    for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
      const ms = Number(this.header(name) ?? NaN);
      if (ms >= 0) return ms;
    }
    const after = this.header("retry-after");
    if (after === undefined) return undefined;
    if (Number(after) >= 0) return Number(after) * 1000;
    const date = Date.parse(after);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
  }
}

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
