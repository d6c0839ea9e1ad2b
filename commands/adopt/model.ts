import { choicesInstead, findModel, supportProblems } from "../../catalog";
import { isOfferedOn } from "../../catalog/models";
import { isTunable } from "../../catalog/retirement";
import { UserError } from "../../stack/command";
import type { Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import type { Taken } from "./taken";

/** Parts of `ft:<base>:<organization>:<suffix>:<id>`; a checkpoint's name has `:ckpt-step-<step>` behind it. */
export interface TunedName {
  base: string;
  suffix?: string;
}

/** A tuned model's name on OpenAI's platform, in its parts; `undefined` for another name. */
export function tunedName(name: unknown): TunedName | undefined {
  if (typeof name !== "string" || !name.startsWith("ft:")) return undefined;
  const [, base = "", , suffix] = name.split(":");
  return { base, suffix: suffix || undefined };
}

/**
 * The model to tune on Azure, and the training and deployment types that it has in the region.
 *
 * @param named - by the command line
 * @throws UserError where the job's model can't be tuned on Azure and none is named
 */
export function takeModel(
  job: Members,
  { named, location, today }: { named?: string; location: string; today: Date },
): Partial<Taken> {
  const asked = job.model as string;
  const tuned = tunedName(asked);
  const base = tuned?.base ?? asked;
  const model = findModel(named ?? base);
  if (!model || !isTunable(model, today) || !isOfferedOn(model, "OpenAI")) {
    const why =
      named === undefined
        ? `The job's model, ${base}, is not one that a stack can fine-tune`
        : `--model is ${named}, which is not a model that a stack can fine-tune`;
    throw new UserError(`${why}. ${choicesInstead(named ?? base, today)} Choose one with --model.`);
  }
  const types = firstThatFits(model.trainingTypes, (trainingType) => ({ model: model.id, trainingType, location }));
  // Regions of the wider types are not all known: the one that reaches no farther than the training.
  const wider = types === "DataZone" ? ["DataZoneStandard", "GlobalStandard"] : ["GlobalStandard"];
  const sku = firstThatFits(["Standard", ...wider], (deploymentSku) => ({ model: model.id, deploymentSku, location }));
  const differences: string[] = [];
  if (named !== undefined && model.id !== findModel(base)?.id)
    differences.push(`model is ${model.id} instead of ${base}, as set by --model. Its answers will differ.`);
  else if (model.id !== base) differences.push(`model: Azure's name for ${base} is ${model.id}.`);
  if (tuned) {
    differences.push(
      `The job continued from ${asked}, which doesn't exist on Azure, so the settings start from ${model.id}. To train on both sets of data, combine the training files of both jobs.`,
    );
  }
  if (types !== undefined && types !== "Standard") {
    differences.push(
      `trainingType is ${types}, because Standard training of ${model.id} isn't available in ${location}. ${elsewhere}`,
    );
  }
  if (sku !== undefined && sku !== "Standard") {
    differences.push(
      `deploy.sku is ${sku}, because Standard deployment of ${model.id} isn't available in ${location}. ${elsewhere}`,
    );
  }
  if (model.retirement.training) {
    differences.push(
      `According to the catalog, Azure stops offering training for ${model.id} on ${model.retirement.training}.`,
    );
  }
  return {
    settings: {
      ...{ location, model: model.id },
      ...(types !== undefined && { trainingType: types }),
      ...(sku !== undefined && sku !== "Standard" && { deploy: { sku } }),
    },
    differences,
  };
}

const elsewhere = "Data may be processed outside the region.";

function firstThatFits<Value extends string>(
  values: readonly Value[],
  question: (value: Value) => Parameters<typeof supportProblems>[0],
): Value | undefined {
  return values.find((value) => supportProblems(question(value)).length === 0);
}
