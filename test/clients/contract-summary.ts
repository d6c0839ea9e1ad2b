import { counted } from "../../format/count";
import type { Contract } from "./contract";
import type { Exchange } from "./recorder";

/** How the answers that clients got stand to the published specifications. */
export interface ContractSummary {
  answers: number;
  checked: number;
  /** What is wrong, by operation, and how often. */
  problems: Map<string, number>;
  /** Requests whose answer has no schema in the specifications that are here, and how often. */
  unpublished: Map<string, number>;
}

export function judgeAll(contract: Contract, exchanges: Exchange[]): ContractSummary {
  const summary: ContractSummary = {
    answers: exchanges.length,
    checked: 0,
    problems: new Map(),
    unpublished: new Map(),
  };
  for (const exchange of exchanges) {
    const judgement = contract.judge(exchange);
    if (judgement === undefined) add(summary.unpublished, familyOf(exchange));
    else summary.checked += 1;
    for (const problem of judgement?.problems ?? []) add(summary.problems, `${judgement!.operation}: ${problem}`);
  }
  return summary;
}

/** The summary as lines. */
export function contractLines({ answers, checked, problems, unpublished }: ContractSummary): string[] {
  const listed = (counts: Map<string, number>) => [...counts].map(([what, times]) => `  ${what} (${times})`).sort();
  return [
    `${counted(answers, "answer")}, ${checked} of them with a published schema: ${problems.size === 0 ? "all fit it" : "these differ"}.`,
    ...listed(problems),
    ...(unpublished.size > 0
      ? ["Without a schema among the specifications that are here:", ...listed(unpublished)]
      : []),
  ];
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The request without what differs from run to run. */
function familyOf({ method, url, status }: Exchange): string {
  const { pathname, searchParams } = new URL(url, "https://localhost");
  const path = pathname
    .replace(/^\/accounts\/[^/]+\/+/, "/")
    .replace(/\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+/i, "/.../{account}")
    .replace(/\/(evals|runs|output_items|responses|operationResults)\/[^/]+/g, "/$1/{id}")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|(resp|file|ftjob|chatcmpl|eval|evalrun|upload)[_-][0-9a-f]+/gi, "{id}");
  const version = searchParams.get("api-version");
  return `${method} ${path}${version ? `?api-version=${version}` : ""} ${status}`;
}
