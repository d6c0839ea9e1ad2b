import { AzureError } from "../http/azure-error";

/** The refusals of Resource Manager that several operations share, in its own words. */
export const notFound = {
  subscription: (id: string) =>
    new AzureError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`),
  group: (name: string) => new AzureError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`),
  /** @param type - e.g. `Microsoft.CognitiveServices/accounts`; @param name - e.g. `a`, `a/deployments/d` */
  resource: (type: string, name: string, group: string) =>
    new AzureError(
      404,
      "ResourceNotFound",
      `The Resource '${type}/${name}' under resource group '${group}' was not found. ` +
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ),
  parent: (parentId: string, type: string, verb: "read" | "write" | "delete" | "action") =>
    new AzureError(
      404,
      "ParentResourceNotFound",
      `Failed to perform '${verb}' on resource(s) of type '${type}', because the parent resource '${parentId}' could not be found.`,
    ),
};

/** The body is JSON, but not what the operation takes. */
export function invalidRequestContent(sentence: string): AzureError {
  return new AzureError(400, "InvalidRequestContent", `The request content was invalid: ${sentence}`);
}

export function requestConflict(parentId: string): AzureError {
  return new AzureError(
    409,
    "RequestConflict",
    `Another operation is being performed on the parent resource '${parentId}'. Please try again later.`,
  );
}
