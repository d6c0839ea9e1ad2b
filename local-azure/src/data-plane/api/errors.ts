import { AzureError } from "../../http/azure-error";

/** Wrong path, or no or an unknown api-version. */
export function resourceNotFound(): AzureError {
  return new AzureError(404, "404", "Resource not found");
}

/** Something about the request's content. `param` names the member at fault where there is one. */
export function invalidPayload(message: string, param?: string): AzureError {
  return new AzureError(400, "invalidPayload", message, {}, param ? { param } : {});
}

/** An object that does not exist [text: guess]. */
export function notFound(kind: string, id: string): AzureError {
  return new AzureError(404, "notFound", `The ${kind} '${id}' was not found.`);
}

/** The object is not in a state that allows the operation [status and text: guess]. */
export function unexpectedState(message: string): AzureError {
  return new AzureError(409, "unexpectedEntityState", message);
}

/** Something else prevents it [status and text: guess]. */
export function conflict(message: string): AzureError {
  return new AzureError(409, "conflict", message);
}

/** A limit of the account is reached [status and text: guess]. */
export function quotaExceeded(message: string, headers: Record<string, string> = {}): AzureError {
  return new AzureError(headers["retry-after"] ? 429 : 403, "quotaExceeded", message, headers);
}
