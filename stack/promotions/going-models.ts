import { sameAccount } from "../../azure-openai/account-reference";
import type { FineTuningJobState } from "../../dynamic-providers/fine-tuning-job/schema";
import type { ModelVersionsInputs } from "../../dynamic-providers/model-versions/schema";
import { jobsDestroyed } from "../../dynamic-providers/model-versions/why-kept";
import { type GoingModels, goingWith } from "../../dynamic-providers/promoted-version/refuse-promoted";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { StackExport } from "../stack-state";

/** What a state knows of a register; one whose create failed half way lacks most of it. */
export type StoredRegister = Partial<ModelVersionsInputs>;

type Register = Pick<ModelVersionsInputs, "accountId" | "owner" | "retain" | "versions">;
type Job = Pick<FineTuningJobState, "accountId" | "owner" | "retain" | "jobId" | "adopted">;

/** The models that a destroy of the whole stack deletes: with an account of the stack's own, all that it made in it. */
export function goingWithStack(state: StackExport): GoingModels[] {
  const registers = partsOf<StoredRegister>(state, "ModelVersions").filter(isWhole);
  const jobs = partsOf<Partial<Job>>(state, "FineTuningJob").filter(
    (job): job is Job => job.accountId !== undefined && job.jobId !== undefined,
  );
  const made = [
    ...registers.map(ownVersions).filter(({ versions }) => versions.length > 0),
    // One that no register lists: of an earlier release, or not trained yet.
    ...jobs.filter(({ jobId }) => !registers.some(({ versions }) => versions.some((one) => one.jobId === jobId))),
  ];
  const accounts = made.filter(
    ({ accountId }, index) => made.findIndex((one) => sameAccount(one.accountId, accountId)) === index,
  );
  return accounts.map(({ accountId, owner }) => {
    const here = made.filter((one) => sameAccount(one.accountId, accountId));
    const versions = here.flatMap((one) => ("versions" in one ? one.versions : []));
    return owner === undefined
      ? { accountId, versions }
      : { accountId, versions, jobIds: here.flatMap((one) => destroyed(one)) };
  });
}

/** The models that go with registers, as where a model is taken out of a program. */
export function goingWithRegisters(registers: StoredRegister[]): GoingModels[] {
  return registers.filter(isWhole).map((register) => goingWith(register, register.versions));
}

function isWhole(register: StoredRegister): register is StoredRegister & Register {
  const { accountId, versions, retain } = register;
  return accountId !== undefined && versions !== undefined && retain !== undefined;
}

/** Of a model that another stack has trained nothing goes. */
function ownVersions(register: Register): Register {
  return { ...register, versions: register.versions.filter(({ promotedFrom }) => promotedFrom === undefined) };
}

function destroyed(one: Register | Job): string[] {
  if ("versions" in one) return jobsDestroyed(one.versions, one.retain);
  return jobsDestroyed([{ jobId: one.jobId, adopted: one.adopted }], { versions: 0, ...one.retain });
}

/** Also those that are pending deletion. */
function partsOf<T>({ deployment }: StackExport, name: string): T[] {
  const type = finetuneType(name);
  return (deployment.resources ?? []).filter((one) => one.type === type).map((one) => (one.outputs ?? {}) as T);
}
