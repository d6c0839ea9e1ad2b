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
  const [job] = of(JOB_TYPE);
  const [account] = of(ACCOUNT_TYPE);
  const purged = account && at(of(finetuneType("AccountPurge"))[0]?.old ?? {}, "keep") !== true;
  const jobKept = job && whyKept(job);
  return {
    deletes: [
      ...of(DEPLOYMENT_TYPE).map(
        (step) => `the deployment ${text(step, "deploymentName")}: it no longer answers, and its hosting ends`,
      ),
      ...(job && !jobKept
        ? [`${trained(job, of(finetuneType("TrainedModel"))[0])}: training it again is paid again`]
        : []),
      ...(gone.length > 0 ? [uploads(gone)] : []),
      ...(account ? [accountLine(account, purged === true)] : []),
    ],
    instead:
      job && !jobKept
        ? ["to keep the model, set `retain.model` to true and run `up` before you destroy the stack"]
        : [],
    keeps: [
      ...(job && jobKept ? [`${trained(job, of(finetuneType("TrainedModel"))[0])} (${jobKept})`] : []),
      ...(kept.length > 0 ? [`${uploads(kept)} (retain.files)`] : []),
      ...(account
        ? [`the resource group ${text(account, "resourceGroupName")}, and the stack's settings and history`]
        : []),
    ],
  };
}

/** As the handlers of job and files decide (dynamic-providers/fine-tuning-job/handler.ts). */
function whyKept({ old }: Step): string | undefined {
  if (at(old, "adopted") === true && at(old, "retain.adopted") !== false) return "retain.adopted";
  return at(old, "retain.model") === true ? "retain.model" : undefined;
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
