import { randomUUID } from "node:crypto";

/** A refusal of the sign-in service: OAuth's error name, the AADSTS number and its sentence. */
export class SignInError extends Error {
  constructor(
    readonly statusCode: 400 | 401,
    readonly error: string,
    readonly aadsts: number,
    message: string,
  ) {
    super(message);
    this.name = "SignInError";
  }

  /** The body as Microsoft Entra ID writes it. */
  body(now: number, correlationId: string = randomUUID()): Record<string, unknown> {
    const timestamp = new Date(now).toISOString().replace("T", " ").slice(0, 19) + "Z";
    const traceId = randomUUID();
    return {
      error: this.error,
      error_description:
        `AADSTS${this.aadsts}: ${this.message} ` +
        `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [this.aadsts],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${this.aadsts}`,
    };
  }
}
