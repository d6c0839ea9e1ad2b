import type { TokenStatistics } from "../../datasets/report";
import type { DatasetState } from "./schema";

/**
 * Token statistics with means and percentiles to two decimals: more says nothing about a dataset, and `76.30000000000001` in a diff reads
 * like a fault. No key is computed from them.
 */
export function roundedTokens({ total, assistant }: DatasetState["tokens"]): DatasetState["tokens"] {
  return { total: rounded(total), assistant: rounded(assistant) };
}

function rounded(statistics: TokenStatistics): TokenStatistics {
  const entries = Object.entries(statistics).map(([name, figure]) => [name, Math.round(Number(figure) * 100) / 100]);
  return Object.fromEntries(entries) as TokenStatistics;
}
