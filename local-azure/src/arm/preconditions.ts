import { AzureError } from "../http/azure-error";
import type { Request } from "../http/request";
import type { World } from "../world/world";
import { etag, findAccount, findDeployment } from "./resources";

/**
 * `If-Match` and `If-None-Match` of a write to an account or a deployment, as HTTP has them; other resources have no etag here.
 * That these resources heed them, and the code, are guesses; 412 is in Azure's guidelines for APIs.
 * @throws AzureError 412 PreconditionFailed
 */
export function checkPreconditions(
  world: Pick<World, "state">,
  { method, headers, params, routeOptions }: Request,
): void {
  if (
    !["PUT", "PATCH", "DELETE"].includes(method) ||
    !/\/accounts\/:account(\/deployments\/:deployment)?$/.test(routeOptions.url ?? "")
  )
    return;
  const account = findAccount(world, params.group ?? "", params.account ?? "");
  const record = params.deployment === undefined ? account : account && findDeployment(account, params.deployment);
  const current = record && etag(record);
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match !== undefined && !matches(match, current)) throw failed("If-Match", match, current);
  if (noneMatch !== undefined && matches(noneMatch, current)) throw failed("If-None-Match", noneMatch, current);
}

/** `*` is any resource that is there; else one of a list of etags, each with its quotes. */
function matches(header: string, current: string | undefined): boolean {
  if (current === undefined) return false;
  return header.split(",").some((tag) => ["*", current].includes(tag.trim()));
}

function failed(header: string, sent: string, current: string | undefined): AzureError {
  const is = current === undefined ? "there is no such resource" : `the resource's etag is ${current}`;
  return new AzureError(412, "PreconditionFailed", `The condition ${header}: ${sent} is not met: ${is}.`);
}
