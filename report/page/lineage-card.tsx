import { billedInWords } from "../../azure-openai/billed-tokens";
import type { Lineage } from "../report-data";
import { count } from "./format";

/** Where the model comes from. */
export function LineageCard({ lineage }: { lineage: Lineage }) {
  return (
    <>
      <dl class="pairs">
        {pairs(lineage).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>As JSON</summary>
        <pre tabIndex={0}>{JSON.stringify(lineage, null, 2)}</pre>
      </details>
    </>
  );
}

function pairs(lineage: Lineage): [string, string][] {
  const { job, code, model, deployment, versions } = lineage;
  const given = (name: string, value: string | undefined): [string, string][] => (value ? [[name, value]] : []);
  return [
    ["Base model", lineage.base.model],
    ...given("Method", [lineage.method, lineage.trainingType].filter(Boolean).join(", ")),
    ["Hyperparameters", settings(lineage.hyperparameters)],
    ["Asked for", settings(lineage.hyperparametersAsked) || "the service's own choice"],
    ...given("Seed", lineage.seed?.toString()),
    ...lineage.datasets.map(({ role, path, sha256, examples, tokens }): [string, string] => [
      `${role === "training" ? "Training" : "Validation"} file`,
      `${path}, ${count(examples)} examples, ${count(tokens)} tokens, sha256 ${sha256}`,
    ]),
    ...given("Job", job?.id),
    ...given("Billed", job?.finishedAt && billedInWords(job.billedTokens)),
    ...given("Training key", job?.trainingKey),
    ...given("Model", model && `${model.name} (checkpoint: ${model.checkpoint})`),
    ...given(
      "Deployment",
      deployment && `${deployment.name}, ${deployment.sku}, capacity ${deployment.capacity ?? "?"}`,
    ),
    ...given("Git commit", code && `${code.commit}${code.dirty ? ", with changes" : ""}`),
    [
      "Versions",
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
    ],
  ];
}

function settings(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value as string | number)}`,
    )
    .join(", ");
}
