/** The APIs by which a deployment is asked: v1 takes its name as `model`, the dated one has it in the path. */
export type ChatApi = "v1" | "dated";

/**
 * Newest dated version of the API that was published. It has what v1 lacks: the uploads API and DELETE of a
 * fine-tuning job (both are in its specification and in the stable 2024-10-21, in neither v1 document).
 */
export const DATED_API_VERSION = "2025-04-01-preview";

/**
 * The API that answers for models of a format (`properties.model.format` of a deployment): v1 for OpenAI's; the dated one for those of other
 * publishers and gpt-oss, which Microsoft's examples ask by it alone (microsoft/azure-skills, 2026-08). What v1 answers for them is not on record.
 *
 * @param format - default `OpenAI`, e.g. where Resource Manager can't be asked
 */
export function chatApiOf(format = "OpenAI"): ChatApi {
  return format.toLowerCase() === "openai" ? "v1" : "dated";
}
