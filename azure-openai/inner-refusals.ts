import type { FilterFinding } from "./chat-types";
import { filterFindings } from "./content-filter";

/** Refusals that an outer one wraps, outermost first. */
export interface InnerRefusals {
  codes: string[];
  messages: string[];
  /** What a content filter that refused has found, in every category. */
  findings: FilterFinding[];
}

/** Azure nests two or three deep; the bound keeps a hostile body from mattering. */
const DEEPEST = 5;
const MOST = 20;

/**
 * Codes and messages below an `error` of Azure's: `innererror` (Resource Manager, classic), `inner_error` (v1) and `details`, e.g. the
 * ResponsibleAIPolicyViolation in a content_filter, or the refusal of a model in an InvalidTemplateDeployment.
 */
export function innerRefusals(error: unknown): InnerRefusals {
  const found: InnerRefusals = { codes: [], messages: [], findings: [] };
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > DEEPEST || found.codes.length >= MOST) return;
    const { innererror, inner_error, details, content_filter_result, content_filter_results } = value as Record<
      string,
      unknown
    >;
    found.findings.push(...filterFindings(content_filter_result), ...filterFindings(content_filter_results));
    for (const inner of [innererror, inner_error, ...(Array.isArray(details) ? (details as unknown[]) : [])]) {
      const { code, message } = (inner ?? {}) as { code?: unknown; message?: unknown };
      if (typeof code === "string" && code !== "") found.codes.push(code);
      if (typeof message === "string" && message !== "") found.messages.push(message);
      look(inner, depth + 1);
    }
  };
  look(error, 0);
  return found;
}
