import type { CostFacts } from "../report-data";
import { count, countRange, usd, usdRange } from "./format";

/** What was estimated at preview beside what the service billed. */
export function Money({ cost: { estimated, billed, notBilled, hostingUsdPerHour, baseModel } }: { cost: CostFacts }) {
  if (!estimated && hostingUsdPerHour === undefined)
    return <p class="muted">There is no estimate in the stack's state yet.</p>;
  return (
    <>
      {estimated && <Training {...{ estimated, billed, notBilled }} />}
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
          <td class="number">{billed ? count(billed.tokens) : (notBilled ?? "not yet")}</td>
          <td class="number">{billed?.usd === undefined ? "–" : usd(billed.usd)}</td>
        </tr>
      </tbody>
    </table>
  );
}
