import { baseDeploymentName, baseModelName, findModel } from "../catalog";
import type { Settings } from "./settings";

/** The base model's own deployment as the settings ask for it: none without the deployment of the tuned model, beside which it is. */
export function baseModelDeployment({ model, deploy: { enabled, baseModel } }: Pick<Settings, "model" | "deploy">) {
  if (!enabled || !baseModel.enabled) return undefined;
  const { sku, capacity } = baseModel;
  return { name: baseDeploymentName(model), model: findModel(model)?.id ?? baseModelName(model), sku, capacity };
}
