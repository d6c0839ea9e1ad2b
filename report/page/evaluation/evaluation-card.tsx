import { useEffect, useMemo } from "preact/hooks";
import type { ShownCase } from "../../evaluation/shown-cases";
import type { EvaluationFacts } from "../../report-data";
import { CaseList } from "./case-list";
import { against, compareWith, otherModel, startWithResults } from "./case-view";
import { DifferenceChart } from "./difference-chart";
import "./evaluation.css";
import { Extremes } from "./extremes";
import { comparedCases } from "./list-cases";
import { ModelTable } from "./model-table";
import { Verdict } from "./verdict";

export interface EvaluationCardProps {
  evaluation: EvaluationFacts;
  /** Absent while they are read. */
  cases?: ShownCase[];
  /** Name of the model that the stack's deployment serves. */
  served?: string;
}

/** How a model does on cases, beside others: figures, rules, and every case. */
export function EvaluationCard({ evaluation, cases, served }: EvaluationCardProps) {
  return (
    <>
      <Verdict evaluation={evaluation} />
      <ModelTable summary={evaluation.summary} served={served} />
      {cases ? (
        <Cases evaluation={evaluation} cases={cases} />
      ) : (
        <p class="muted" role="status">
          Reading the cases …
        </p>
      )}
    </>
  );
}

function Cases({ evaluation, cases }: Required<Pick<EvaluationCardProps, "evaluation" | "cases">>) {
  const { models, comparisons, grader } = evaluation.summary;
  useEffect(() => startWithResults(evaluation.evaluatedAt), [evaluation.evaluatedAt]);
  const other = otherModel.value;
  const compared = useMemo(() => comparedCases(cases, other), [cases, other]);
  const names = models.map(({ name }) => name);
  const comparison = comparisons[against.value];
  const shared = { cases: compared, models: names, other };
  return (
    <>
      {comparisons.length > 1 && (
        <label class="control">
          Compare {names[0]} with
          <select
            value={String(against.value)}
            onChange={({ currentTarget }) => compareWith(Number(currentTarget.value))}
          >
            {comparisons.map((one, place) => (
              <option key={one.against} value={String(place)}>
                {one.against}
              </option>
            ))}
          </select>
        </label>
      )}
      {comparison && (
        <>
          <section class="stack" aria-label="Distribution of the differences">
            <h3>Differences from {comparison.against}</h3>
            <DifferenceChart cases={compared} comparison={comparison} candidate={names[0]!} />
          </section>
          <Extremes {...shared} />
        </>
      )}
      <CaseList {...shared} width={grader.width ?? 1} />
    </>
  );
}
