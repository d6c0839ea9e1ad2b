import * as pulumi from "@pulumi/pulumi";
import { accountId } from "../azure-openai/account-reference";
import { trainedVersion } from "../dynamic-providers/model-versions/trained-version";
import type { ModelVersion } from "../dynamic-providers/model-versions/schema";
import type { PromotableVersion } from "../dynamic-providers/promoted-version/schema";

/** Whose version is served. */
export interface PromotionSource {
  /** `dev`, a stack of this project, or `<organization>/<project>/<stack>`. */
  stack: string;
  /** Its number in that stack's register, or the id of its job. @default the one that serves there */
  version?: number | string;
}

/** Outputs of the other stack that a promotion reads. */
const OUTPUTS = ["versions", "subscriptionId", "resourceGroupName", "accountName"] as const;

/**
 * The version of another stack that is to be served, by that stack's outputs as its last `up` left them.
 *
 * @param name - of the StackReference
 * @throws pulumi.RunError where the stack has no register, or not that version: what it has, and what to do
 */
export async function promotedVersion(name: string, source: PromotionSource): Promise<PromotableVersion> {
  const { stack } = source;
  const fullName = qualified(stack);
  if (fullName === qualified(pulumi.getStack())) {
    throw new pulumi.RunError(
      `promote.stack is ${JSON.stringify(stack)}, but that is this stack itself. Set it to the stack that trains the model. To go back to an earlier version of this stack, use deploy.version.`,
    );
  }
  const reference = new pulumi.StackReference(name, { name: fullName });
  const details = await Promise.all(OUTPUTS.map((output) => reference.getOutputDetails(output)));
  const [versions, ...account] = details.map(({ value }) => value as unknown);
  if (!Array.isArray(versions) || account.some((part) => typeof part !== "string")) {
    throw new pulumi.RunError(
      `promote.stack is ${JSON.stringify(stack)}, but that stack has no list of versions (no output \`versions\`). Run \`pulumi up\` on it once, with this release of the project, or set promote.stack to the stack that trains the model.`,
    );
  }
  const [subscriptionId, resourceGroupName, accountName] = account as [string, string, string];
  const register = versions as ModelVersion[];
  return chosen(register, source, accountId({ subscriptionId, resourceGroupName, accountName }));
}

/** Each stack by its full name, as every backend takes it. */
function qualified(stack: string): string {
  return stack.includes("/") ? stack : `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

/** @param account - ARM ID of the account of the stack, which made those versions that it did not promote itself */
export function chosen(
  register: ModelVersion[],
  { stack, version }: PromotionSource,
  account: string,
): PromotableVersion {
  const found = register.find((one) =>
    version === undefined ? one.status === "serving" : one.version === version || one.jobId === version,
  );
  if (!found) throw new pulumi.RunError(missing(register, { stack, version }));
  if (found.status === "rejected") {
    const why = found.refused || found.evaluation?.reasons.join("; ") || "it was rejected there";
    throw new pulumi.RunError(
      `promote.version is ${JSON.stringify(version)}, but version ${found.version} of ${stack} did not pass: ${why}. ${instead(register, stack, "Set promote.version to a different version")}`,
    );
  }
  const { accountId: made = account } = found.promotedFrom ?? {};
  return {
    ...trainedVersion(found),
    promotedFrom: { stack, version: found.version, accountId: made },
    ...(found.evaluation && { evaluation: found.evaluation }),
  };
}

function missing(register: ModelVersion[], { stack, version }: PromotionSource): string {
  if (register.length === 0)
    return `promote.stack is ${JSON.stringify(stack)}, but that stack has no versions yet. Run \`pulumi up\` on that stack to train the first one.`;
  if (version === undefined)
    return `promote.stack is ${JSON.stringify(stack)}, but that stack has no version deployed. ${instead(register, stack, "Set promote.version to one of its other versions")}`;

  const able = ableToServe(register);
  const given = `promote.version is ${JSON.stringify(version)}, but ${stack} has no such version${able.length > 0 && able.length < register.length ? " that can be deployed" : ""}`;
  if (able.length === 0) return `${given}. ${instead(register, stack)}`;
  const orServing = able.some(({ status }) => status === "serving")
    ? `, or remove it to deploy the version that ${stack} currently has deployed`
    : "";
  return `${given}. Set it to one of these: ${listed(able)}${orServing}.`;
}

/** What to do where a version can't be promoted: only what can serve is offered. @param how - where there is such a version */
function instead(register: ModelVersion[], stack: string, how = ""): string {
  const able = ableToServe(register);
  if (able.length > 0) return `${how}: ${listed(able)}.`;
  return `None of the versions in ${stack} can be deployed. Change that stack's data, settings or thresholds, then run \`pulumi up\` on it until a version passes.`;
}

function ableToServe(register: ModelVersion[]): ModelVersion[] {
  return register.filter(({ status }) => status !== "rejected");
}

function listed(register: ModelVersion[]): string {
  return register
    .map(({ version, jobId, status }) => `${version} (${jobId}${status === "kept" ? "" : `, ${status}`})`)
    .join(", ");
}
