/** The two forms in which Azure serves the same operations. */
export type Flavour = { kind: "v1" } | { kind: "dated"; apiVersion: string };

/**
 * Versions of Foundry's model inference API (AI Model Inference in Azure/azure-rest-api-specs), which names the deployment in the body.
 * Deployments answer there as by a dated version that has all that the API has, such as `json_schema`.
 */
export const FOUNDRY_VERSIONS = ["2024-05-01-preview", "2025-04-01"];
export const FOUNDRY_FLAVOUR: Flavour = { kind: "dated", apiVersion: "2025-04-01-preview" };

/** Whether the dated api-version is of that day or later; v1 has everything. */
export function isSince(flavour: Flavour, day: string): boolean {
  return flavour.kind === "v1" || flavour.apiVersion.slice(0, 10) >= day;
}

/** `2024-10-21`, `2025-04-01-preview`, `2023-05-01`. */
export const DATED_VERSION = /^\d{4}-\d{2}-\d{2}(-preview)?$/;
