import { AzureError } from "../../http/azure-error";

/** What is wrong with a template or its parameters; Azure opens each such sentence with the same words. */
export function invalidTemplate(sentence: string): AzureError {
  return new AzureError(400, "InvalidTemplate", `Deployment template validation failed: '${sentence}'.`);
}

/** Azure has it, this service does not. */
export function notServed(what: string): AzureError {
  return invalidTemplate(`${what} is not supported by this service (docs/local-azure.md)`);
}
