import type { ShownCase } from "../../evaluation/shown-cases";
import type { EvaluationFacts } from "../../report-data";
import { Card } from "../card";
import "../report.css";
import { EvaluationCard } from "./evaluation-card";

/** An evaluation without a stack's report around it. */
export function EvaluationView({ evaluation, cases }: { evaluation: EvaluationFacts; cases?: ShownCase[] }) {
  return (
    <div class="report">
      <Card title="Evaluation" id="evaluation" wide>
        <EvaluationCard evaluation={evaluation} cases={cases} />
      </Card>
    </div>
  );
}
