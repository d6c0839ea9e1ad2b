import type { ReportData } from "../report-data";
import { figure, percent } from "./format";

/** The models that can be deployed, and which one is. */
export function CheckpointTable({ report: { checkpoints } }: { report: ReportData }) {
  if (checkpoints.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="checkpoints">
      <h3 id="checkpoints">Checkpoints</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of checkpoints">
        <table aria-labelledby="checkpoints">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" class="number">
                Training loss
              </th>
              <th scope="col" class="number">
                Validation loss
              </th>
              <th scope="col" class="number">
                Validation accuracy
              </th>
              <th scope="col">Model to deploy</th>
            </tr>
          </thead>
          <tbody>
            {checkpoints.map(({ step, name, metrics, chosen }) => (
              <tr key={step} class={chosen ? "chosen" : undefined}>
                <th scope="row">
                  {step} {chosen && <span class="badge">deployed</span>}
                </th>
                <td class="number">{figure(metrics.trainLoss)}</td>
                <td class="number">{figure(metrics.fullValidLoss ?? metrics.validLoss)}</td>
                <td class="number">{percent(metrics.fullValidTokenAccuracy ?? metrics.validTokenAccuracy)}</td>
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
