import type { CostFacts } from "../report-data";
import { count, countRange, usd, usdRange } from "./format";

/** What was estimated at preview beside what the service billed. */
export function Money({ cost }: { cost: CostFacts }) {
  const { estimated, billed, notBilled, grading = [], hostingUsdPerHour, baseModel } = cost;
  if (!estimated && hostingUsdPerHour === undefined)
    return <p class="muted">There is no estimate in the stack's state yet.</p>;
  return (
    <>
      {estimated && <Training {...{ estimated, billed, notBilled }} />}
      {grading.map((sentence) => (
        <p key={sentence}>Grading: {sentence}.</p>
      ))}
      {hostingUsdPerHour !== undefined && (
        <p>
          Hosting: <b>{usd(hostingUsdPerHour)}</b> an hour, whether or not it is used ({usd(hostingUsdPerHour * 730)} a
          month).
        </p>
      )}
      {baseModel && (
        <p>
          Base model, deployed as <code>{baseModel.deployment}</code>: {baseModel.price}.
        </p>
      )}
      {estimated?.hours && <p>Training is billed by the hour: {estimated.hours}.</p>}
      {estimated && (
        <p class="muted small">
          Prices of {estimated.priceDate}. {estimated.assumptions.join(" ")}
        </p>
      )}
    </>
  );
}

type Trained = Pick<CostFacts, "billed" | "notBilled"> & { estimated: NonNullable<CostFacts["estimated"]> };

function Training({ estimated, billed, notBilled }: Trained) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Training</th>
          <th scope="col" class="number">
            Tokens
          </th>
          <th scope="col" class="number">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            {estimated.next ? "Estimated for the next training" : "Estimated"}, {countRange(estimated.epochs)} epochs
          </th>
          <td class="number">{countRange(estimated.tokens)}</td>
          <td class="number">{estimated.usd ? usdRange(estimated.usd) : "no price"}</td>
        </tr>
        <tr>
          <th scope="row">{estimated.next ? "Billed for this job" : "Billed"}</th>
          <td class="number">{billed ? billedAmount(billed) : (notBilled ?? "not yet")}</td>
          <td class="number">{billed?.usd === undefined ? "–" : usd(billed.usd)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Hours where these are billed, else tokens. */
function billedAmount({ tokens, hours }: NonNullable<CostFacts["billed"]>): string {
  return hours === undefined ? count(tokens) : `${hours.toFixed(2)} hours`;
}
