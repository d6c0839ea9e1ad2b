import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";
import { findModel } from "./models";

/**
 * Why counts of a model's tokens are estimates; undefined where they are exact. gpt-oss has the texts' tokens of o200k_base (its encoding,
 * o200k_harmony, only adds control tokens), but how many of those frame a message in training is not published.
 */
export function caveatOfTokens({ id, encoding, ownTokenizer, format = "OpenAI" }: CatalogModel): string | undefined {
  if (ownTokenizer)
    return `Tokens are counted with the ${encoding} encoding; ${id} has its own tokenizer, so the count is an estimate.`;
  if (format === "OpenAI") return undefined;
  return `Text tokens are counted exactly, but ${id} wraps messages in its own way; that overhead is counted as for OpenAI's other models, so the total is an estimate.`;
}

/**
 * The same by any name of the model, or of one tuned from it. One that the catalog doesn't have is taken for a model of OpenAI's.
 *
 * @param name - undefined: a state of an earlier version doesn't tell
 */
export function tokenCountCaveat(name: string | undefined, catalog: Catalog = shippedCatalog): string | undefined {
  const model = name === undefined ? undefined : findModel(name, catalog);
  return model && caveatOfTokens(model);
}

/** What a count of a model's tokens is called: `tokens`, or `tokens (estimated)`. @param name - as above */
export function tokensName(name: string | undefined, catalog: Catalog = shippedCatalog): string {
  return tokenCountCaveat(name, catalog) === undefined ? "tokens" : "tokens (estimated)";
}
