/**
 * Codes by which Resource Manager says that a resource is not there: those that azure-native takes for "gone" since 3.11.
 */
const RESOURCE_MANAGER = [
  "NotFound",
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "LockNotFound",
  "ParentResourceNotFound",
  "EntityNotFound",
  "SubscriptionNotFound",
  "RoleAssignmentNotFound",
  "VulnerabilityAssessmentBaselineDoesNotExists",
];

/** The data plane's: `notFound` is in the authoring API's specification, `DeploymentNotFound` is recorded. */
const DATA_PLANE = ["notFound", "DeploymentNotFound"];

/** Further codes that Azure sends with 404, about an object that is there. */
const OTHER = ["DeploymentNotReady"];

const lowerCase = (codes: string[]) => new Set(codes.map((code) => code.toLowerCase()));
const GONE = lowerCase([...RESOURCE_MANAGER, ...DATA_PLANE]);
const KNOWN = lowerCase([...RESOURCE_MANAGER, ...DATA_PLANE, ...OTHER]);

/** Whether a 404 or 410 with this `error.code` says that the object is not there. */
export function saysGone(code: string | undefined): boolean {
  return code !== undefined && GONE.has(code.toLowerCase());
}

/** Whether Azure itself sends a 404 with this code. Any other comes from something in between, or says that the address is wrong. */
export function isKnownNotFound(code: string | undefined): boolean {
  return code !== undefined && KNOWN.has(code.toLowerCase());
}
