import { parseDeploymentId } from "../../azure-openai/account-reference";
import { UserError } from "../../stack/command";

/** A deployment as somebody names it. */
export type DeploymentAddress =
  /** In the stack's account. */
  | { kind: "name"; deployment: string }
  /** By Resource Manager's id, which tells model and price. */
  | { kind: "id"; accountId: string; deployment: string }
  /** By an account's address. */
  | { kind: "endpoint"; endpoint: string; deployment: string };

const FORMS =
  "a deployment's name in the stack's account, https://<account>.openai.azure.com/<deployment>, or the deployment's ARM ID (/subscriptions/.../deployments/<name>)";

/** @throws UserError for another form */
export function addressOf(text: string): DeploymentAddress {
  const known = parseDeploymentId(text);
  if (known) return { kind: "id", accountId: known.accountId, deployment: known.deploymentName };
  const url = /^https:\/\/[^\s?#]+$/.exec(text) && new URL(text);
  const [, path, last] = (url && /^(.*\/)([^/]+)\/?$/.exec(url.pathname)) || [];
  if (url && last) return { kind: "endpoint", endpoint: `${url.origin}${path}`, deployment: decodeURIComponent(last) };
  if (/^[\w.-]{1,64}$/.test(text)) return { kind: "name", deployment: text };
  throw new UserError(`Invalid value for --deployment: '${text}'. Expected ${FORMS}.`);
}
