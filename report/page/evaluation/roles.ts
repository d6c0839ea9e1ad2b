import { isTunedName } from "../../../azure-openai/model-names";
import type { EvaluationSummary } from "../../../evaluation/result";
import type { ReportData } from "../../report-data";

/** What a model is in an evaluation. */
export type Role = "candidate" | "base" | "serving";

/** @param served - name of the model that the stack's deployment serves; absent: not known */
export function rolesOf({ models }: EvaluationSummary, place: number, served: string | undefined): Role[] {
  const { model, name } = models[place]!;
  const roles: Role[] = [
    ...(place === 0 && models.length > 1 ? ["candidate" as const] : []),
    ...(!isTunedName(model) && model.includes("@") ? ["base" as const] : []),
    ...(served !== undefined && model.replace(/ with the filter .*$/, "") === served ? ["serving" as const] : []),
  ];
  // A model that is named after its role needs no mark beside it.
  return roles.filter((role) => role !== name);
}

/** The model that the stack's deployment serves now. */
export function servedModel({ lineage: { deployment, model, earlier } }: ReportData): string | undefined {
  if (earlier?.serving) return earlier.model?.name;
  return deployment && model?.name;
}
