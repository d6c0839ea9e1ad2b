/** An answer that is not a success: HTTP status, Azure's code, its message, and headers to go with it. */
export class AzureError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
    /** Members of the error object besides code and message (`param`, `type`, `details`, ...). */
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "AzureError";
  }

  /** `{ "error": { "code", "message", ... } }`, the body of every Azure error. */
  body(): { error: Record<string, unknown> } {
    return { error: { code: this.code, message: this.message, ...this.extra } };
  }
}
