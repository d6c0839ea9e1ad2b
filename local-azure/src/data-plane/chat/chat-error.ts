import { AzureError } from "../../http/azure-error";

/**
 * A refusal in the inference API's form, which is the same in both flavours: `type` and `param` beside code and message.
 * Recorded ones have the code null where there is none of their own; here it is `invalid_request_error` [guess].
 */
export function invalidRequest(message: string, param: string, code = "invalid_request_error"): AzureError {
  return new AzureError(400, code, message, {}, { type: "invalid_request_error", param });
}
