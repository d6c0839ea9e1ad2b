import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { at, type Step } from "./steps";
import { count } from "./values";

/** What the deletions of a plan destroy for good, and what is left, one sentence each. */
export interface Deleted {
  /** None where nothing is deleted that the service keeps or bills. */
  deletes: string[];
  keeps: string[];
  /** What to do instead, where a setting would keep what is paid for. */
  instead: string[];
}

const JOB_TYPE = finetuneType("FineTuningJob");

/** @param steps - of a preview or a run */
export function deletedBy(steps: Step[]): Deleted {
  const deleted = steps.filter(({ operation }) => operation === "delete");
  const of = (type: string) => deleted.filter((step) => step.type === type);
  const files = of(finetuneType("TrainingFile")).filter((file) => text(file, "fileId") !== undefined);
  const [kept, gone] = [
    files.filter((file) => at(file.old, "retain") === true),
    files.filter((file) => at(file.old, "retain") !== true),
  ];
  const models = of(finetuneType("TrainedModel"));
  const jobs = of(JOB_TYPE).map((job) => ({ text: trained(job, modelOf(job, models)), kept: whyKept(job) }));
  const accounts = of(ACCOUNT_TYPE);
  const purges = of(finetuneType("AccountPurge"));
  const purged = (account: Step) => {
    const own = purges.find((purge) => text(purge, "accountName") === text(account, "accountName")) ?? purges[0];
    return at(own?.old ?? {}, "keep") !== true;
  };
  return {
    deletes: [
      ...of(DEPLOYMENT_TYPE).map(
        (step) => `the deployment ${text(step, "deploymentName")}: it no longer answers, and its hosting ends`,
      ),
      ...jobs.filter(({ kept: why }) => !why).map((job) => `${job.text}: training it again is paid again`),
      ...(gone.length > 0 ? [uploads(gone)] : []),
      ...accounts.map((account) => accountLine(account, purged(account))),
    ],
    instead: jobs.some(({ kept: why }) => !why)
      ? ["to keep the model, set `retain.model` to true and run `up` before you destroy the stack"]
      : [],
    keeps: [
      ...jobs.flatMap((job) => (job.kept ? [`${job.text} (${job.kept})`] : [])),
      ...(kept.length > 0 ? [`${uploads(kept)} (retain.files)`] : []),
      ...groupsOf(accounts).map((group) => `the resource group ${group}, and the stack's settings and history`),
    ],
  };
}

function groupsOf(accounts: Step[]): string[] {
  return [...new Set(accounts.map((account) => String(text(account, "resourceGroupName"))))];
}

/** As the handlers of job and files decide (dynamic-providers/fine-tuning-job/handler.ts). */
function whyKept({ old }: Step): string | undefined {
  if (at(old, "adopted") === true && at(old, "retain.adopted") !== false) return "retain.adopted";
  return at(old, "retain.model") === true ? "retain.model" : undefined;
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
  return `${count(files.length)} uploaded file${files.length === 1 ? "" : "s"} (${names}); the files on this machine are not touched`;
}

function accountLine(account: Step, purged: boolean): string {
  const name = `the account ${text(account, "accountName")} with its role assignments`;
  return purged
    ? `${name}, which is purged: it can't be restored, and its name is free again`
    : `${name}, which is not purged: with it, what it holds can be restored for 48 hours`;
}

function text(step: Step | undefined, path: string): string | undefined {
  const value = at(step?.old ?? {}, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}
