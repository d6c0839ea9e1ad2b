import { AzureError } from "../../http/azure-error";

/**
 * A refusal in the inference API's form, which is the same in both flavours: `type` and `param` beside code and message.
 * @param param - the member at fault; null: recorded for some refusals
 * @param code - absent: null, as it is on record for most refusals
 */
export function invalidRequest(message: string, param: string | null, code?: string): AzureError {
  const extra = { type: "invalid_request_error", param, ...(code === undefined ? { code: null } : {}) };
  return new AzureError(400, code ?? "invalid_request_error", message, {}, extra);
}

/** @throws AzureError 400 for members of a body that the operation does not know; text: public reports of Azure's answers */
export function requireKnown(body: Record<string, unknown>, isKnown: (name: string) => boolean): void {
  const unknown = Object.keys(body).filter((name) => !isKnown(name));
  if (unknown.length > 0) {
    const noun = unknown.length === 1 ? "argument" : "arguments";
    throw invalidRequest(`Unrecognized request ${noun} supplied: ${unknown.join(", ")}`, null);
  }
}
