import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json";

/** Characters of the marker that go into the job's suffix. */
const MARKER_LENGTH = 8;

/** Start of the suffix when the stack names none. */
const DEFAULT_BASE = "ft";

/** SHA-256 hex over a training and its owner: a job that bears it was submitted by this resource of this stack. */
export function marker(owner: { trainingKey: string; project: string; stack: string; logicalName: string }): string {
  const { trainingKey, project, stack, logicalName } = owner;
  return createHash("sha256").update(canonicalJson({ trainingKey, project, stack, logicalName })).digest("hex");
}

/**
 * Suffix of the job and of its model's name: base, dash, 8 hex of the marker; at most 18 characters and no dot, which every version
 * of the service takes.
 */
export function suffix(base: string | undefined, marker: string): string {
  return `${base || DEFAULT_BASE}-${marker.slice(0, MARKER_LENGTH)}`;
}

/** Whether a job's suffix bears the marker, whatever its base: the base may be changed between two runs. */
export function bearsMarker(jobSuffix: string | null | undefined, marker: string): boolean {
  return jobSuffix?.endsWith(`-${marker.slice(0, MARKER_LENGTH)}`) ?? false;
}
