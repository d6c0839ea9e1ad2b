import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { UserError } from "../../stack/command";
import type { Register } from "../versions/registers";

/** What `--to` comes to. */
export interface Goal {
  /** The setting `deploy.version`; undefined: it is removed, and the model of today's data and settings serves. */
  pin?: number;
}

/**
 * Which version to serve.
 *
 * @param to - a version's number; `current`: that of today's data and settings; or `previous`: the newest that is older than the one that
 * serves, and was not rejected
 * @throws UserError with the list when there is no such version
 */
export function goalOf({ versions, jobId }: Pick<Register, "versions" | "jobId">, to: string): Goal {
  if (to === "current" && versions.some((one) => one.jobId === jobId)) return { pin: undefined };
  const serving = versions.find(({ status }) => status === "serving");
  const found =
    to === "previous"
      ? versions.find((one) => one.status === "kept" && (!serving || one.version < serving.version))
      : versions.find(({ version }) => String(version) === to);
  if (found) return { pin: found.version };
  const what = to === "previous" ? "there is no version before the current one" : `there is no version ${to}`;
  throw new UserError(`${what}. ${whatElse(versions, to)}`);
}

/** The versions that can serve, and what to do where there is no other one. */
function whatElse(versions: ModelVersion[], to: string): string {
  const able = versions.filter(({ status }) => status !== "rejected");
  const rejected = versions.filter(({ status }) => status === "rejected").map(({ version }) => version);
  const were = rejected.length === 0 ? "" : ` Rejected, so not offered: ${rejected.join(", ")}.`;
  if (able.some(({ status }) => status === "kept")) {
    const words = to === "previous" ? " or current" : ", previous or current";
    return `Versions in the stack: ${able.map(listed).join(", ")}. With --to, specify one of these numbers${words}.${were}`;
  }
  const train = "hange the data or settings to train a new version (you will be charged for that training).";
  const change =
    rejected.length === 0
      ? `C${train}`
      : `Change a threshold in \`evaluation\` or \`deploy.gate\` (no charge), or c${train}`;
  return `No other version in the stack can be deployed.${were} ${change}`;
}

function listed({ version, status }: ModelVersion): string {
  return status === "kept" ? String(version) : `${version} (${status})`;
}
