import { type Catalog, shippedCatalog } from "./catalog";

type Grader = Readonly<Record<string, unknown>>;

/**
 * The models that grade in a reinforcement job, each once, in the order of the grader: that of a model grader, and those of the graders
 * inside a multi grader. Other types (Python, string checks, text similarity) read no tokens of a model.
 *
 * @param grader - as the service expects it; parts of another form are skipped.
 */
export function graderModels(grader: Grader | undefined): string[] {
  if (!grader) return [];
  const inner = isObject(grader.graders) ? Object.values(grader.graders).filter(isObject) : [];
  const own = typeof grader.model === "string" ? [grader.model] : [];
  return [...new Set([...own, ...inner.flatMap((one) => graderModels(one))])];
}

/**
 * What an estimate leaves out: how much the graders read and write is unknown before they have graded. Their tokens are billed at the
 * data-zone rate, after the training (MicrosoftDocs/azure-ai-docs fine-tuning cost include, 2026-10-05).
 *
 * @returns a sentence, or none where no model grades.
 */
export function graderSentences(models: readonly string[], catalog: Catalog = shippedCatalog): string[] {
  if (models.length === 0) return [];
  const whose = models.length === 1 ? "The grader's" : "Each grader's";
  const rates = models.map((name) => `${name} at ${rateOf(name, catalog)}`);
  return [`${whose} own tokens are billed separately: ${rates.join("; ")}.`];
}

/**
 * What grading cost. @returns USD; undefined where the catalog has no rate of the model
 *
 * @param read - tokens, the cached ones among them
 */
export function priceGrading(
  { model, read, cached, written }: { model: string; read: number; cached: number; written: number },
  catalog: Catalog = shippedCatalog,
): number | undefined {
  const rate = graderRate(model, catalog);
  if (!rate) return undefined;
  return ((read - cached) * rate.input + cached * (rate.cachedInput ?? rate.input) + written * rate.output) / 1e6;
}

function graderRate(name: string, catalog: Catalog) {
  const family = name.replace(/-\d{4}-\d{2}-\d{2}$/, "").toLowerCase();
  return catalog.prices.graders.find(({ model }) => model === family);
}

function rateOf(name: string, catalog: Catalog): string {
  const rate = graderRate(name, catalog);
  return rate
    ? `$${rate.input} per million input tokens and $${rate.output} per million output tokens`
    : `a rate that is not in the price list of ${catalog.prices.asOf}`;
}

function isObject(value: unknown): value is Grader {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
