import type { Deployment } from "@azure/arm-cognitiveservices";
import { sameName } from "../../format/same-name";
import { isTunedName } from "../../azure-openai/model-names";
import { type Catalog, findModel, modelAndVersion } from "../../catalog";
import { EvaluationRefusal } from "../../evaluation/refusal";
import { answersAs } from "../../evaluation/running/deployed-subject";
import { startOfName } from "../runtime/deployment-name";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import type { DeploymentsThere, Place } from "./deployments-there";
import type { EvaluationArgs, EvaluationInputs } from "./schema";
import { isTemporaryName, temporaryName } from "./temporary-name";
import { asDeployed, temporaryBase, temporaryTuned, type TemporaryModel } from "./temporary-model";

/** A model that takes part in an evaluation, and how it can be asked: where it is deployed already, or on a temporary deployment. */
export interface Participant {
  /** `candidate`, `checkpoint at step 40`, or the word of `evaluation.against`. */
  name: string;
  /** Name to deploy; unknown until it is trained. */
  model: string;
  /** What its answers are kept under; unknown with the model. */
  answersAs: string;
  place?: Place;
  temporary?: TemporaryModel;
  /** Why it can't be deployed; no matter where its scores are known. */
  problem?: string;
}

/** Checkpoints that the service keeps of a job: those of its last three epochs. */
const MOST_CHECKPOINTS = 3;

/** The models in question: the candidate, or each checkpoint that may be deployed in its place. */
export async function candidatesOf(
  args: EvaluationArgs,
  there: DeploymentsThere,
  catalog: Catalog,
): Promise<Participant[]> {
  const { candidate, checkpoints } = args;
  const unknown = hasUnknown([candidate, checkpoints]);
  const others = checkpoints === undefined ? 0 : MOST_CHECKPOINTS - 1;
  const names = unknown
    ? [candidate, ...Array.from({ length: others }, () => candidate)]
    : [candidate, ...(checkpoints ?? []).filter((name) => name !== candidate)];
  const deployments = unknown ? [] : await there.own();
  return names.map((model) => {
    const temporary = temporaryTuned(args, model, catalog);
    const known = isUnknown(model) ? model : answersAs(asDeployed(temporary));
    const serving = deployments.find((one) => !isTemporaryName(one.name ?? "") && answersAs(one) === known);
    const place = serving && { accountId: args.accountId, deployment: serving };
    return { name: nameOf(model), model, answersAs: known, ...(place ? { place } : { temporary }) };
  });
}

function nameOf(model: string): string {
  const [, step] = /:ckpt-step-(\d+)$/.exec(model) ?? [];
  return step === undefined ? "candidate" : `checkpoint at step ${step}`;
}

/**
 * Whom the candidates are compared with. Where nothing serves yet, or the candidate itself does, `serving` is nobody.
 *
 * @throws EvaluationRefusal for a deployment that is not there
 */
export async function opponentsOf(
  args: EvaluationInputs,
  candidates: Participant[],
  there: DeploymentsThere,
  catalog: Catalog,
  today: Date,
): Promise<Participant[]> {
  const found: Participant[] = [];
  for (const name of args.against) {
    const place = await servedAt(name, args, candidates, there, catalog);
    if (place) {
      const { deployment } = place;
      found.push({ name, model: deployment.properties?.model?.name ?? "", answersAs: answersAs(deployment), place });
    } else if (name === "base") {
      const { temporary, problem } = temporaryBase(args, catalog, today);
      const { name: model } = temporary.model;
      found.push({ name, model, answersAs: answersAs(asDeployed(temporary)), temporary, problem });
    } else if (name !== "serving") {
      throw new EvaluationRefusal(await missing("evaluation.against contains", name, there));
    }
  }
  const own = new Set(candidates.map((one) => one.answersAs));
  return found.filter((one) => !own.has(one.answersAs));
}

/** `evaluation.against contains tutor-old, but there is no deployment of that name in the stack's account (it has tutor, gpt-4o-mini-base). ...` */
export async function missing(what: string, name: string, there: DeploymentsThere): Promise<string> {
  const names = (await there.own()).flatMap((one) => one.name ?? []).filter((one) => !isTemporaryName(one));
  const list = names.length > 0 ? `it has ${names.join(", ")}` : "it has none yet";
  return `${what} ${name}, but there is no deployment of that name in the stack's account (${list}). Set it to one of these, or to the ARM ID of a deployment in another account (/subscriptions/.../deployments/<name>).`;
}

async function servedAt(
  name: string,
  args: EvaluationInputs,
  candidates: Participant[],
  there: DeploymentsThere,
  catalog: Catalog,
): Promise<Place | undefined> {
  if (name !== "serving" && name !== "base") return there.find(name);
  const matching = (await there.own()).filter((one) =>
    name === "serving" ? serves(one, args, candidates) : isBase(one, args, catalog),
  );
  // After an interrupted switch there are two.
  const [newest] = matching.sort((a, b) => createdAt(b) - createdAt(a));
  return newest && { accountId: args.accountId, deployment: newest };
}

/** The stack's own deployment, by its name now or before, of another model than those in question. */
function serves(
  one: Deployment,
  { deployment, formerNames = [] }: EvaluationInputs,
  candidates: Participant[],
): boolean {
  const { name = "" } = one;
  const names = [name, startOfName(name)];
  const isOwn = [deployment.name, ...formerNames].some((own) => names.some((one) => sameName(one, own)));
  const isCandidate = candidates.some((candidate) => candidate.answersAs === answersAs(one));
  return isOwn && isTunedName(one.properties?.model?.name ?? "") && !isCandidate && !isTemporaryName(name);
}

function isBase(one: Deployment, { baseModel, deployment }: EvaluationArgs, catalog: Catalog): boolean {
  const model = modelAndVersion(findModel(baseModel, catalog)?.id ?? baseModel);
  const wanted = answersAs({ properties: { model, raiPolicyName: deployment.raiPolicyName } });
  return answersAs(one) === wanted && !isTemporaryName(one.name ?? "");
}

function createdAt({ systemData }: Deployment): number {
  return systemData?.createdAt?.getTime() ?? 0;
}

/** Where a participant is asked: its deployment, or the temporary one that is made for it. */
export function placeOf(args: EvaluationArgs, { place, temporary, answersAs }: Participant): Place {
  const name = temporaryName(args, answersAs);
  return place ?? { accountId: args.accountId, deployment: { name, ...asDeployed(temporary!) } };
}
