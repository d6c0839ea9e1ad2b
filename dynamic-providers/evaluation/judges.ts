import { isTunedName } from "../../azure-openai/model-names";
import { type Catalog, findModel } from "../../catalog";
import { EvaluationRefusal } from "../../evaluation/refusal";
import { baseOf } from "../../evaluation/running/deployed-subject";
import type { Subject } from "../../evaluation/running/subject";
import type { Grader } from "../../graders/grader";
import type { Context } from "../runtime/context";
import { subjectAt } from "./ask";
import type { DeploymentsThere, Place } from "./deployments-there";
import type { EvaluationArgs } from "./schema";
import { missing } from "./who-is-asked";

/**
 * The deployments that grade, by the names that the grader gives for their models.
 *
 * @throws EvaluationRefusal for one that is not there
 */
export async function judgesOf(
  context: Context,
  args: EvaluationArgs,
  grader: Grader,
  there: DeploymentsThere,
  catalog: Catalog,
): Promise<Record<string, Subject>> {
  const judges: Record<string, Subject> = {};
  for (const model of grader.judges) {
    const named = args.judges?.[model];
    const place = named === undefined ? await ofModel(model, args, there, catalog) : await there.find(named);
    if (!place) {
      throw new EvaluationRefusal(
        named === undefined
          ? await missing(
              `evaluation.judges.${model} is not set, so the grader's model is looked up by its own name,`,
              model,
              there,
            )
          : await missing(`evaluation.judges.${model} is`, named, there),
      );
    }
    judges[model] = await subjectAt({ context, catalog, location: args.location }, place);
  }
  return judges;
}

/** A deployment of that name, else one of that model. */
async function ofModel(
  model: string,
  { accountId }: EvaluationArgs,
  there: DeploymentsThere,
  catalog: Catalog,
): Promise<Place | undefined> {
  const named = await there.find(model);
  const wanted = findModel(model, catalog)?.id;
  if (named || wanted === undefined) return named;
  const isOfModel = (one: Place["deployment"]) =>
    !isTunedName(one.properties?.model?.name ?? "") && baseOf(one, catalog)?.id === wanted;
  const deployment = (await there.own()).find(isOfModel);
  return deployment && { accountId, deployment };
}
