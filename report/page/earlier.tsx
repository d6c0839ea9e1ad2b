import { BILL_UNKNOWN } from "../../azure-openai/billed-tokens";
import type { EarlierFacts, JobFacts } from "../report-data";
import { count, moment, usd } from "./format";
import { Probe } from "./probe";
import { type Pair, Pairs } from "./pairs";

/** The card's title: what the earlier model does. */
export function earlierTitle({ deployment }: EarlierFacts): string {
  return deployment ? "Serving now: the model of an earlier job" : "Model of an earlier job, not deployed";
}

/** A model that is not of the report's job: with its own job, bill and proof. */
export function Earlier({ earlier, job }: { earlier: EarlierFacts; job: JobFacts | undefined }) {
  const { model, deployment, job: maker, billed, notBilled, probe } = earlier;
  const pairs: Pair[] = [
    ["Model", model],
    ...(deployment ? [["Deployment", deployment.name] satisfies Pair] : []),
    ["Job", maker ? `${maker.id}${maker.createdAt ? `, submitted ${moment(maker.createdAt)}` : ""}` : "not known"],
    ["Billed", billed ? billedText(billed) : (notBilled ?? BILL_UNKNOWN)],
  ];
  return (
    <>
      <p class="muted small">
        {deployment ? "It stays deployed" : "It is kept"} until the model of{" "}
        {job ? <code>{job.id}</code> : "the next job"} replaces it. Everything in this card belongs to the earlier job.
      </p>
      <Pairs of={pairs} />
      {probe && <Probe probe={probe} />}
    </>
  );
}

function billedText({ tokens, usd: cost }: NonNullable<EarlierFacts["billed"]>): string {
  return `${count(tokens)} tokens${cost === undefined ? "" : `, ${usd(cost)}`}`;
}
