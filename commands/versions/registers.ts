import type { ModelVersion, ModelVersionsState } from "../../dynamic-providers/model-versions/schema";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { UserError } from "../../stack/command";
import { logicalName, resourcesOfType } from "../../stack/stack-state";
import { exportStack, type Target, upCommand } from "../../stack/target";

/** The versions that a stack keeps of one model. */
export interface Register {
  /** Logical name of the register's resource, e.g. `finetune-versions`. */
  name: string;
  /** Newest first. */
  versions: ModelVersion[];
  /** Job of today's data and settings, which serves unless `deploy.version` names another. */
  jobId?: string;
}

/** The registers of a stack: one, unless its program has several models. @throws UserError when it has none */
export async function registersOf(target: Target): Promise<Register[]> {
  const registers = resourcesOfType(await exportStack(target), finetuneType("ModelVersions")).map(
    ({ urn, outputs }) => {
      const { versions = [], jobId } = (outputs ?? {}) as Partial<ModelVersionsState>;
      return { name: logicalName(urn), versions, jobId };
    },
  );
  if (registers.some(({ versions }) => versions.length > 0)) return registers;
  throw new UserError(`stack ${target.stack} has no versions yet. To add the first one, run: ${upCommand(target)}`);
}
