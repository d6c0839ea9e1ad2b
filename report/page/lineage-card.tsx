import { billedInWords } from "../../azure-openai/billed-tokens";
import { figuresInWords, verdictInWords } from "../../evaluation/results/in-words";
import { moment } from "../../format/moment";
import { promotedName } from "../promoted-words";
import type { EvaluationFacts, Lineage, ModelLineage, RegisteredVerdict } from "../report-data";
import { count } from "./format";
import { type Pair, Pairs } from "./pairs";

/** Where the model comes from. */
export function LineageCard({ lineage }: { lineage: Lineage }) {
  return (
    <>
      <Pairs of={pairs(lineage)} />
      {lineage.earlier && (
        <section aria-label="Lineage of the earlier model">
          <h3>{lineage.earlier.serving ? "Serving now, from an earlier job" : "From an earlier job, not deployed"}</h3>
          <Pairs of={modelPairs(lineage.earlier)} />
        </section>
      )}
      <details>
        <summary>As JSON</summary>
        <pre tabIndex={0}>{JSON.stringify(lineage, null, 2)}</pre>
      </details>
    </>
  );
}

function pairs(lineage: Lineage): Pair[] {
  const versions = Object.entries(lineage.versions).map(([name, version]) => `${name} ${version}`);
  return [
    ...(lineage.rehearsal ? [["Cloud", "rehearsal service (local-azure), not Azure"] satisfies Pair] : []),
    ...modelPairs(lineage),
    ["Versions", versions.join(", ")],
  ];
}

function modelPairs(lineage: Omit<ModelLineage, "job"> & { job?: Partial<NonNullable<ModelLineage["job"]>> }): Pair[] {
  const { job, code, model, promotedFrom, candidate, deployment, register, evaluation } = lineage;
  const given = (name: string, value: string | undefined): Pair[] => (value ? [[name, value]] : []);
  return [
    ["Base model", lineage.base.model],
    ...given("Method", [lineage.method, lineage.trainingType].filter(Boolean).join(", ")),
    ...given("Hyperparameters", settings(lineage.hyperparameters)),
    ...given("Promoted", promotedFrom && promotion(promotedFrom)),
    // How another stack has trained it, that one's report tells.
    ...given("Requested", settings(lineage.hyperparametersAsked) || (promotedFrom ? "" : "chosen by the service")),
    ...given("Extra fields", lineage.extraFields && settings(lineage.extraFields)),
    ...given("Seed", lineage.seed?.toString()),
    ...lineage.datasets.map(({ role, path, sha256, examples, tokens }): Pair => [
      `${role === "training" ? "Training" : "Validation"} file`,
      [
        path,
        examples === undefined ? undefined : `${count(examples)} examples`,
        tokens === undefined ? undefined : `${count(tokens)} ${lineage.base.tokensEstimated ? "estimated " : ""}tokens`,
        `sha256 ${sha256}`,
      ]
        .filter((part) => part !== undefined)
        .join(", "),
    ]),
    ...given("Job", job?.id),
    ...given("Billed", job?.finishedAt && billedInWords(job.billedTokens)),
    ...given("Training key", job?.trainingKey),
    ...given("Refused model", candidate),
    ...given("Model", model && `${model.name} (checkpoint: ${model.checkpoint})`),
    ...given("Version", register && `${register.version}, ${register.status}`),
    ...given(
      "Deployment",
      deployment && `${deployment.name}, ${deployment.sku}, capacity ${deployment.capacity ?? "?"}`,
    ),
    ...given("Evaluation", register?.verdict ? judged(register.verdict) : evaluation && evaluated(evaluation)),
    ...given("Git commit", code && `${code.commit}${code.dirty ? ", with changes" : ""}`),
  ];
}

function promotion({ stack, version, account, job }: NonNullable<ModelLineage["promotedFrom"]>): string {
  return `${promotedName({ stack, version })}, which trained it as ${job} in the account ${account}`;
}

/** As the stack decided, whatever a machine has evaluated since. */
function judged({ passed, summary, evaluatedAt }: RegisteredVerdict): string {
  const when = evaluatedAt === undefined ? "" : `; ${moment(evaluatedAt)}`;
  return `${passed ? "passed" : "not passed"}: ${summary}${when}`;
}

function evaluated({ evaluatedAt, summary }: EvaluationFacts): string {
  const { verdict, grader } = summary;
  return `${verdictInWords(verdict)}: ${figuresInWords(summary)}; graded by ${grader.title}, ${moment(evaluatedAt)}`;
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
