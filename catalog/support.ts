import { sameName } from "../format/same-name";
import { type Catalog, type Method, shippedCatalog } from "./catalog";
import { baseDeploymentProblem } from "./base-deployment";
import { notOfferedReason } from "./not-offered";
import { FOUNDRY } from "./account-kinds";
import { findModel, isOfferedOn, regionName, tunableModels } from "./models";
import { trainingTypeOf, trainingTypes } from "./training-type";

/** What is asked of the service; what is left out (not yet known) is not checked. */
export interface SupportQuestion {
  model: string;
  method?: Method;
  trainingType?: string;
  location?: string;
  /** Deployment SKU; absent when nothing is deployed. */
  deploymentSku?: string;
  /** Kind of the account: `OpenAI`, which this stack makes, or `AIServices`. */
  accountKind?: string;
  /** Capacity of the deployment: throughput units where it is provisioned. */
  capacity?: number;
  /** Deployment SKU of the base model by itself; absent when it isn't deployed. */
  baseModelSku?: string;
}

/** A combination that the catalog knows to be refused. */
export interface SupportProblem {
  property: Exclude<keyof SupportQuestion, "accountKind">;
  /** Sentence: what was wrong, what is allowed. */
  reason: string;
  /** What may be set instead. */
  allowed: readonly string[];
}

/** Who says so, and what to do if that is wrong. */
function wayOf({ listedIn }: Catalog): string {
  return listedIn === undefined
    ? "If the catalog is out of date, set `catalogFile` to a JSON file that corrects it."
    : `This is what Resource Manager's list of models for ${listedIn} says today; if Azure accepts it anyway, set \`catalogFile\` to a JSON file that allows it.`;
}

/** How to describe a model that is newer than the catalog: what the entry leaves open, the region's list says, or has a default. */
function wayOfNew({ model, method, trainingType, location, deploymentSku, accountKind }: SupportQuestion): string {
  const type = trainingTypeOf(trainingType ?? "") ?? "Standard";
  const region = location === undefined ? "<region>" : regionName(location);
  const entry = {
    id: model.toLowerCase(),
    ...(method !== undefined && method !== "supervised" && { methods: [method] }),
    trainingTypes: [type],
    ...(type === "Standard" && { standardTrainingRegions: [region] }),
    ...(deploymentSku !== undefined && { deploymentSkus: [deploymentSku] }),
    ...(deploymentSku === "Standard" && { standardDeploymentRegions: [region] }),
    ...(accountKind === FOUNDRY && { accountKinds: [FOUNDRY] }),
  };
  return (
    `If Azure fine-tunes it, set \`catalogFile\` to a JSON file with ${JSON.stringify({ models: [entry] })}: tokens are then counted as for OpenAI's newest models, and without a price in that file there is no estimate. ` +
    `To see what Azure's list says about it, run \`npm run catalog -- --check --region ${region}\`.`
  );
}

/** Everything about a training run and its deployment that the catalog knows the service to refuse. */
export function supportProblems(question: SupportQuestion, catalog: Catalog = shippedCatalog): SupportProblem[] {
  const model = findModel(question.model, catalog);
  const { accountKind } = question;
  const way = wayOf(catalog);
  // Of a region's own list, what a model has elsewhere says nothing.
  const there = catalog.listedIn === undefined ? "" : ` in '${catalog.listedIn}'`;
  const elsewhere = model && accountKind !== undefined && !isOfferedOn(model, accountKind);
  if (!model || model.withdrawn || elsewhere) {
    const kinds = model?.accountKinds?.join(", ");
    const notHere = `accounts of kind ${accountKind} don't offer it; only accounts of kind ${kinds} do`;
    const reason =
      model?.withdrawn ?? (elsewhere ? notHere : (notOfferedReason(question.model) ?? "the catalog has no such model"));
    const allowed = tunableModels(catalog, accountKind);
    const isUnknown = !model && notOfferedReason(question.model) === undefined;
    return [
      {
        property: "model",
        reason: `'${question.model}' can't be fine-tuned: ${reason}. Models: ${allowed.join(", ")}. ${isUnknown ? wayOfNew(question) : way}`,
        allowed,
      },
    ];
  }
  if (catalog.listedIn !== undefined && model.trainingTypes.length === 0 && model.deploymentSkus.length === 0) {
    const allowed = tunableModels(catalog, accountKind);
    const others = allowed.length > 0 ? `; models that can be fine-tuned there: ${allowed.join(", ")}` : "";
    const reason = `${model.id} can't be fine-tuned${there}${others}. ${way}`;
    return [{ property: "model", reason, allowed }];
  }
  const { method, trainingType, location, deploymentSku, capacity, baseModelSku } = question;
  const problems: SupportProblem[] = [];
  const refuse = (property: SupportProblem["property"], what: string, allowed: readonly string[]) =>
    problems.push({
      property,
      reason: `${what}${allowed.length > 0 ? `; expected ${allowed.join(", ")}` : ""}. ${way}`,
      allowed,
    });

  if (method !== undefined && !model.methods.includes(method))
    refuse("method", `${model.id} can't be tuned with method '${method}'`, model.methods);
  const type = trainingType === undefined ? undefined : trainingTypeOf(trainingType);
  if (trainingType !== undefined && !type) {
    refuse("trainingType", `'${trainingType}' is not a training type`, trainingTypes);
  } else if (type && !model.trainingTypes.includes(type)) {
    refuse(
      "trainingType",
      `${model.id} can't be trained with training type '${trainingType}'${there}`,
      model.trainingTypes,
    );
  }
  const region = location === undefined ? undefined : regionName(location);
  // The 27 regions of GlobalStandard are not all known: what is not in the catalog is not refused.
  const regions = { Standard: model.standardTrainingRegions, DataZone: model.dataZoneTrainingRegions };
  const allowedRegions = type === "Standard" || type === "DataZone" ? regions[type] : undefined;
  if (region && allowedRegions && model.trainingTypes.includes(type!) && !allowedRegions.includes(region))
    refuse("location", `${model.id} can't be trained in '${location}' with training type ${type}`, allowedRegions);
  const sku = model.deploymentSkus.find((known) => sameName(known, deploymentSku));
  if (deploymentSku !== undefined && !sku) {
    refuse(
      "deploymentSku",
      `Models tuned from ${model.id} can't be deployed as '${deploymentSku}'${there}`,
      model.deploymentSkus,
    );
  } else if (region && sku === "Standard" && !model.standardDeploymentRegions.includes(region)) {
    const allowed = model.standardDeploymentRegions;
    refuse("location", `Models tuned from ${model.id} can't be deployed in '${location}' as Standard`, allowed);
  }
  const step = sku === "ProvisionedManaged" ? model.provisionedUnits : undefined;
  if (step !== undefined && capacity !== undefined && (capacity < step || capacity % step !== 0)) {
    const what = `ProvisionedManaged capacity for ${model.id} comes in steps of ${step} throughput units, and ${capacity} is not a multiple of ${step}`;
    refuse("capacity", what, [`${step}`, `${2 * step}`, `${3 * step}`, "..."]);
  }
  const { leastCapacity = 1 } = model;
  if (sku !== undefined && capacity !== undefined && capacity < leastCapacity) {
    refuse(
      "capacity",
      `Models tuned from ${model.id} need a capacity of at least ${leastCapacity} to respond, but it is ${capacity}`,
      [`${leastCapacity} or more`],
    );
  }
  const alone =
    region !== undefined && baseModelSku !== undefined
      ? baseDeploymentProblem({ model: model.id, sku: baseModelSku, location: region }, catalog)
      : undefined;
  if (alone) refuse("baseModelSku", alone.what, alone.allowed);
  return problems;
}
