import { AzureError } from "../../http/azure-error";
import type { Flavour } from "../api/flavour";
import type { Message } from "../rows/training-row";

/** Results by category, as Azure annotates a prompt or an answer. */
export type FilterResults = Record<string, { filtered: boolean; severity?: string; detected?: boolean }>;

/**
 * No text is judged here. So that a rehearsal can show what a content filter does, the question may hold a mark that says what is found:
 * `[content-filter prompt violence=high]`, `[content-filter answer hate=medium]`, `[content-filter prompt jailbreak=detected]`.
 */
const MARK = /\[content-filter (prompt|answer) (\w+)=(low|medium|high|detected)\]/g;

const harms = ["hate", "self_harm", "sexual", "violence"];
/** Detected, or not, rather than graded. */
const shields = { prompt: ["jailbreak"], answer: ["protected_material_code", "protected_material_text"] };

/** Results for a prompt: the marks of all its messages; for an answer: those of the last question. */
export function judge(side: "prompt" | "answer", messages: Message[]): FilterResults {
  const judged = side === "prompt" ? messages : messages.filter(({ role }) => role === "user").slice(-1);
  const results: FilterResults = {};
  for (const harm of harms) results[harm] = { filtered: false, severity: "safe" };
  for (const shield of shields[side]) results[shield] = { filtered: false, detected: false };
  for (const [, where, category, found] of judged.flatMap(({ text }) => [...text.matchAll(MARK)])) {
    if (where === side && results[category!])
      results[category!] = "severity" in results[category!]! ? graded(found!) : { filtered: true, detected: true };
  }
  return results;
}

/** The default filter takes out what is medium or high, and only annotates what is low (Microsoft's page on content filtering). */
function graded(severity: string): FilterResults[string] {
  const known = severity === "detected" ? "medium" : severity;
  return { filtered: known !== "low", severity: known };
}

export function isFiltered(results: FilterResults): boolean {
  return Object.values(results).some(({ filtered }) => filtered);
}

/** The refusal of a prompt, as it is quoted in public reports: of dated versions, and of v1 with other names. */
export function promptRefused(results: FilterResults, { kind }: Flavour): AzureError {
  const code = "ResponsibleAIPolicyViolation";
  const inner =
    kind === "v1"
      ? { inner_error: { code, content_filter_results: results } }
      : { status: 400, innererror: { code, content_filter_result: results } };
  return new AzureError(
    400,
    "content_filter",
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your " +
      "prompt and retry. To learn more about our content filtering policies please read our documentation: " +
      "https://go.microsoft.com/fwlink/?linkid=2198766",
    {},
    { type: null, param: "prompt", ...inner },
  );
}
