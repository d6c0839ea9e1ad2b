import path from "node:path";
import { type NamedTarget, stackArguments, type Target } from "../../stack/target";
import type { Register } from "../versions/registers";
import type { Goal } from "./goal";

/** What serves after a rollback, and until when. @param register - as the run left it */
export function whatFollows(
  { pin }: Goal,
  { settingsFile, ...target }: NamedTarget & Pick<Target, "settingsFile">,
  { versions, jobId }: Pick<Register, "versions" | "jobId">,
): string {
  const file = path.basename(settingsFile);
  if (pin === undefined) {
    const unset = `\`deploy.version\` is not set in ${file}`;
    const serving = versions.find(({ status }) => status === "serving");
    if (!serving) return `${unset}. No version is deployed.`;
    return serving.jobId === jobId
      ? `${unset}, so the model for the current data and settings is deployed: version ${serving.version}.`
      : `${unset}. Version ${serving.version} is deployed: the model for the current data and settings did not pass.`;
  }
  const back = ["npm run rollback -- --to current", ...stackArguments(target)].join(" ");
  const promotedFrom = versions.find((one) => one.jobId === jobId)?.promotedFrom;
  const next = promotedFrom
    ? `versions that ${promotedFrom.stack} deploys later will not be deployed in this stack`
    : "new models are trained but not deployed";
  return `\`deploy.version\` is ${pin} in ${file}. Until you remove it, ${next}. To remove it, run: ${back}`;
}
