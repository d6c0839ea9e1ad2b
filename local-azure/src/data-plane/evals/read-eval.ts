import { asObject } from "../../http/request";
import { invalidPayload } from "../api/errors";
import { readGrader, requireFormula } from "../graders/read-grader";

/** Score from which an answer passes where a criterion names none [guess]. */
const DEFAULT_THRESHOLD = 0.5;

/** `testing_criteria`: graders with names of their own. @throws AzureError 400 */
export function readCriteria(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length === 0)
    throw invalidPayload("testing_criteria must be a list of at least one grader.", "testing_criteria");
  const criteria = value.map((one, index) => {
    const place = `testing_criteria[${index}]`;
    const grader = readGrader(one, place, "evaluation");
    requireFormula(grader, place);
    if (typeof grader.name !== "string" || grader.name === "")
      throw invalidPayload(`${place}.name is required.`, place);
    const threshold = grader.pass_threshold;
    if (threshold !== undefined && threshold !== null && typeof threshold !== "number")
      throw invalidPayload(`${place}.pass_threshold must be a number.`, place);
    return grader;
  });
  const names = criteria.map(({ name }) => name as string);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw invalidPayload(`testing_criteria has the name '${twice}' twice.`, "testing_criteria");
  return criteria;
}

/** Least score that passes: 1 for what only holds or doesn't. */
export function thresholdOf({ type, pass_threshold: threshold }: Record<string, unknown>): number {
  if (type === "string_check" || type === "label_model") return 1;
  return typeof threshold === "number" ? threshold : DEFAULT_THRESHOLD;
}

/** `data_source_config`; of its types `custom` is served. @throws AzureError 400 */
export function readConfig(value: unknown): Record<string, unknown> {
  const config = asObject(value);
  if (config?.type !== "custom") {
    const sentence = `data_source_config.type is ${JSON.stringify(config?.type)}; this service supports only custom data.`;
    throw invalidPayload(sentence, "data_source_config");
  }
  if (!asObject(config.item_schema))
    throw invalidPayload("data_source_config.item_schema must be a JSON schema.", "data_source_config");
  return config;
}

/** As answers show it: the schema of whole rows. */
export function configView({ item_schema: item, include_sample_schema: withSample }: Record<string, unknown>) {
  const sample = { type: "object", properties: { output_text: { type: "string" }, model: { type: "string" } } };
  const properties = { item, ...(withSample === true ? { sample } : {}) };
  return { type: "custom", schema: { type: "object", properties, required: Object.keys(properties) } };
}
