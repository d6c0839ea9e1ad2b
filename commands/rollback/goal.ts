import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { UserError } from "../../stack/command";
import type { Register } from "../versions/registers";

/** What `--to` comes to. */
export interface Goal {
  /** The setting `deploy.version`; undefined: it is removed, and the model of today's data and settings serves. */
  pin?: number;
  version: ModelVersion;
}

/**
 * Which version to serve.
 *
 * @param to - a version's number; `current`: that of today's data and settings; or `previous`: the newest that is older than the one that
 * serves, and was not rejected
 * @throws UserError with the list when there is no such version
 */
export function goalOf({ versions, jobId }: Pick<Register, "versions" | "jobId">, to: string): Goal {
  const current = versions.find((one) => one.jobId === jobId);
  if (to === "current" && current) return { pin: undefined, version: current };
  const serving = versions.find(({ status }) => status === "serving");
  const found =
    to === "previous"
      ? versions.find((one) => one.status === "kept" && (!serving || one.version < serving.version))
      : versions.find(({ version }) => String(version) === to);
  if (found) return { pin: found.version, version: found };
  const what = to === "previous" ? "there is no version before the current one" : `there is no version ${to}`;
  throw new UserError(
    `${what}. The stack keeps: ${versions.map(listed).join(", ")}. Expected --to with one of these numbers, previous or current.`,
  );
}

function listed({ version, status }: ModelVersion): string {
  return status === "kept" ? String(version) : `${version} (${status})`;
}
