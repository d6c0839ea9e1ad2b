import type { AccountRecord } from "local-azure/world/state";
import { fineTunedModel } from "../../../local-azure/test/fine-tuned-model";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";
import type { PromotableVersion, PromotedVersionInputs } from "../../../dynamic-providers/promoted-version/schema";
import type { Rehearsal } from "../../support/rehearsal";

/** What the source stack's register has of a model that its account made. */
export async function trainedThere(rehearsal: Rehearsal, version: number): Promise<ModelVersion> {
  const { service, account } = rehearsal;
  const model = await fineTunedModel(service, account, `v${version}`);
  const { id } = account.dataPlane.jobs.find(({ suffix }) => suffix === `v${version}`)!;
  return {
    ...{ version, status: "serving", jobId: id, fineTunedModel: model, checkpoint: "last", adopted: false },
    ...{ trainingKey: `${version}`.repeat(64), trainingSha256: "5a".repeat(32), trainingExamples: 68 },
    ...{ base: "gpt-4o-mini-2024-07-18", trainedAt: Date.parse("2026-11-20T08:30:00Z") / 1000 },
  };
}

export function promotable({ status: _, ...made }: ModelVersion, accountId: string): PromotableVersion {
  const { version, ...trained } = made;
  return { ...trained, promotedFrom: { stack: "dev", version, accountId } };
}

export function inputsFor(version: PromotableVersion, target: AccountRecord): PromotedVersionInputs {
  return { version, accountPath: target.id, location: target.location, sku: "Standard" };
}
