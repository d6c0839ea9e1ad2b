import { counted } from "../../format/count";
import { whyKept } from "./kept";
import {
  ACCOUNT_TYPE,
  EXISTING_ACCOUNT_TYPE,
  finetuneType,
  isDeployment,
} from "../../dynamic-providers/runtime/resource-types";
import { at, type Step } from "./steps";
import { VERSIONS_TYPE, versionsIn } from "./versions";

/** What the deletions of a plan destroy for good, and what is left, one sentence each. */
export interface Deleted {
  /** None where nothing is deleted that the service keeps or bills. */
  deletes: string[];
  keeps: string[];
  /** What to do instead, where a setting would keep what is paid for. */
  instead: string[];
}

const JOB_TYPE = finetuneType("FineTuningJob");

/** Azure keeps a deleted account that is not purged this long (docs/azure.md). */
const RESTORABLE_MS = 48 * 3_600_000;

/** A deleted account that is not purged: it holds its name. */
export interface HeldAccount {
  accountName: string;
  resourceGroupName: string;
  location: string;
  /** The day on which Azure purges it, `2026-11-29`. */
  until: string;
}

/**
 * The accounts that a destroy leaves restorable: those that a setting keeps, and all where something in one is kept, since the handler of the
 * purge can't tell in which (dynamic-providers/account-purge/handler.ts).
 *
 * @param today - the moment of the deletion, or of its preview
 */
export function heldAccounts(steps: Step[], today: Date): HeldAccount[] {
  const deleted = steps.filter(({ operation }) => operation === "delete");
  const of = (type: string) => deleted.filter((step) => step.type === type);
  const purges = of(finetuneType("AccountPurge"));
  const holdsKept =
    of(JOB_TYPE).some((job) => whyKept(job.old) !== undefined) ||
    earlierVersions(deleted).some(({ kept }) => kept !== undefined) ||
    of(finetuneType("TrainingFile")).some((file) => at(file.old, "retain") === true);
  return of(ACCOUNT_TYPE).flatMap((account) => {
    const accountName = text(account, "accountName") ?? "";
    const purge = purges.find((one) => text(one, "accountName") === accountName) ?? purges[0];
    if (at(purge?.old ?? {}, "keep") !== true && !holdsKept) return [];
    const resourceGroupName = text(account, "resourceGroupName") ?? "";
    const location = text(purge, "location") ?? text(account, "location") ?? "";
    return [{ accountName, resourceGroupName, location, until: purgeDay(today) }];
  });
}

function purgeDay(today: Date): string {
  return new Date(today.getTime() + RESTORABLE_MS).toISOString().slice(0, 10);
}

/**
 * @param steps - of a preview or a run
 * @param today - the moment of the deletion, or of its preview
 */
export function deletedBy(steps: Step[], today: Date): Deleted {
  const deleted = steps.filter(({ operation }) => operation === "delete");
  const of = (type: string) => deleted.filter((step) => step.type === type);
  const files = of(finetuneType("TrainingFile")).filter((file) => text(file, "fileId") !== undefined);
  const [kept, gone] = [
    files.filter((file) => at(file.old, "retain") === true),
    files.filter((file) => at(file.old, "retain") !== true),
  ];
  const models = of(finetuneType("TrainedModel"));
  const jobs = of(JOB_TYPE).map((job) => ({ text: trained(job, modelOf(job, models)), kept: whyKept(job.old) }));
  const accounts = of(ACCOUNT_TYPE);
  const existing = of(EXISTING_ACCOUNT_TYPE);
  const held = heldAccounts(steps, today);
  const goesOn = held[0] && `; permanently lost with the account unless the account is restored by ${held[0].until}`;
  const earlier = earlierVersions(deleted);
  return {
    deletes: [
      ...deleted
        .filter(({ type }) => isDeployment(type))
        .map(
          (step) =>
            `the deployment ${text(step, "deploymentName")}: it will stop responding, and you will no longer be charged for hosting`,
        ),
      ...jobs.filter(({ kept: why }) => !why).map((job) => `${job.text}: you will be charged to train it again`),
      ...earlier.filter((version) => !version.kept).map(({ line }) => line),
      ...(gone.length > 0 ? [uploads(gone)] : []),
      ...accounts.map((account) => accountLine(account, held)),
    ],
    instead: jobs.some(({ kept: why }) => !why)
      ? ["to keep the model, set `retain.model` to true and run `up` before you destroy the stack"]
      : [],
    keeps: [
      ...jobs.flatMap((job) => (job.kept ? [`${job.text} (${job.kept})${goesOn ?? ""}`] : [])),
      ...earlier.filter((version) => version.kept).map(({ line, kept: why }) => `${line} (${why})${goesOn ?? ""}`),
      ...(kept.length > 0 ? [`${uploads(kept)} (retain.files)${goesOn ?? ""}`] : []),
      ...existing.map(
        (account) =>
          `the account ${text(account, "accountName")} in ${text(account, "resourceGroupName")}, which existed before this stack, with everything in it that this stack did not create, and the stack's settings and history`,
      ),
      ...groupsOf(accounts).map((group) => `the resource group ${group}, and the stack's settings and history`),
    ],
  };
}

/** The versions of registers that go, but for those whose job is told of with its own resource. */
function earlierVersions(deleted: Step[]): { line: string; kept: string | undefined }[] {
  const jobIds = deleted.filter(({ type }) => type === JOB_TYPE).map((job) => text(job, "jobId"));
  return deleted
    .filter(({ type }) => type === VERSIONS_TYPE)
    .flatMap(({ old }) =>
      versionsIn(old)
        // Another stack keeps what it has trained.
        .filter(({ jobId, promotedFrom }) => !promotedFrom && !jobIds.includes(jobId))
        .map(({ version, fineTunedModel, jobId, adopted }) => ({
          line: `version ${version}: the model ${fineTunedModel} and the job ${jobId}`,
          kept: whyKept({ adopted, retain: at(old, "retain") }),
        })),
    );
}

function groupsOf(accounts: Step[]): string[] {
  return [...new Set(accounts.map((account) => String(text(account, "resourceGroupName"))))];
}

/** The model of a job; of an earlier version's state, which does not tell, where it is the only one. */
function modelOf(job: Step, models: Step[]): Step | undefined {
  const own = models.find((model) => text(model, "jobId") !== undefined && text(model, "jobId") === text(job, "jobId"));
  return own ?? (models.length === 1 ? models[0] : undefined);
}

function trained(job: Step, model: Step | undefined): string {
  const name = text(model, "fineTunedModel") ?? text(job, "fineTunedModel");
  return `${name === undefined ? "" : `the model ${name} and `}the job ${text(job, "jobId") ?? "of this stack"}`;
}

function uploads(files: Step[]): string {
  const names = files.map((file) => text(file, "remoteName") ?? file.name).join(", ");
  return `${counted(files.length, "uploaded file")} (${names}); the files on this machine are kept`;
}

function accountLine(account: Step, accounts: HeldAccount[]): string {
  const held = accounts.find(({ accountName }) => accountName === (text(account, "accountName") ?? ""));
  const name = `the account ${text(account, "accountName")} with its role assignments`;
  return held
    ? `${name}, without a purge: Azure will permanently delete it after 48 hours (${held.until}), and its name will be taken until then`
    : `${name}, with a purge: it can't be restored, and its name becomes free`;
}

function text(step: Step | undefined, path: string): string | undefined {
  const value = at(step?.old ?? {}, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}
