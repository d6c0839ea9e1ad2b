import type { StepMetrics } from "../../dynamic-providers/trained-model/schema";
import type { ReportData } from "../report-data";
import { figure, percent } from "./format";

/** The models that can be deployed, and which one is. */
export function CheckpointTable({ report: { checkpoints } }: { report: ReportData }) {
  if (checkpoints.length === 0) return null;
  const rewarded = checkpoints.some(({ metrics }) => (metrics.fullValidReward ?? metrics.trainReward) !== undefined);
  const columns = rewarded ? rewards : losses;
  return (
    <section class="stack" aria-labelledby="checkpoints">
      <h3 id="checkpoints">Checkpoints</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of checkpoints">
        <table aria-labelledby="checkpoints">
          <thead>
            <tr>
              <th scope="col">Step</th>
              {columns.map(([name]) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">Model to deploy</th>
            </tr>
          </thead>
          <tbody>
            {checkpoints.map(({ step, name, metrics, chosen }) => (
              <tr key={step} class={chosen ? "chosen" : undefined}>
                <th scope="row">
                  {step} {chosen && <span class="badge">deployed</span>}
                </th>
                {columns.map(([name, of]) => (
                  <td key={name} class="number">
                    {of(metrics)}
                  </td>
                ))}
                <td>
                  <code>{name}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Column = [name: string, of: (metrics: StepMetrics) => string];

const losses: Column[] = [
  ["Training loss", ({ trainLoss }) => figure(trainLoss)],
  ["Validation loss", ({ fullValidLoss, validLoss }) => figure(fullValidLoss ?? validLoss)],
  [
    "Validation accuracy",
    ({ fullValidTokenAccuracy, validTokenAccuracy }) => percent(fullValidTokenAccuracy ?? validTokenAccuracy),
  ],
];

const rewards: Column[] = [
  ["Training reward", ({ trainReward }) => figure(trainReward)],
  ["Validation reward", ({ fullValidReward }) => figure(fullValidReward)],
];
