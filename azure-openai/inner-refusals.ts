/** Refusals that an outer one wraps, outermost first. */
export interface InnerRefusals {
  codes: string[];
  messages: string[];
  /** Categories of a content filter that refused, e.g. `violence`, `jailbreak`. */
  filtered: string[];
}

/** Azure nests two or three deep; the bound keeps a hostile body from mattering. */
const DEEPEST = 5;
const MOST = 20;

/**
 * Codes and messages below an `error` of Azure's: `innererror` (Resource Manager, classic), `inner_error` (v1) and `details`, e.g. the
 * ResponsibleAIPolicyViolation in a content_filter, or the refusal of a model in an InvalidTemplateDeployment.
 */
export function innerRefusals(error: unknown): InnerRefusals {
  const found: InnerRefusals = { codes: [], messages: [], filtered: [] };
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > DEEPEST || found.codes.length >= MOST) return;
    const { innererror, inner_error, details, content_filter_result, content_filter_results } = value as Record<
      string,
      unknown
    >;
    found.filtered.push(...filteredBy(content_filter_result), ...filteredBy(content_filter_results));
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

/** `{"violence":{"filtered":true,"severity":"medium"},"hate":{"filtered":false}}` -> `violence` */
function filteredBy(results: unknown): string[] {
  if (typeof results !== "object" || results === null) return [];
  return Object.entries(results as Record<string, unknown>)
    .filter(([name, result]) => /^\w{1,40}$/.test(name) && (result as { filtered?: unknown } | null)?.filtered === true)
    .map(([name]) => name)
    .slice(0, MOST);
}
