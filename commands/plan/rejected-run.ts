import pc from "picocolors";
import { versionOf, waysOn } from "../../dynamic-providers/model-versions/rejection";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { faults } from "../../dynamic-providers/model-versions/which-serves";
import { typeIn } from "../../stack/stack-state";
import { wrap } from "../../stack/terminal/wrap";
import type { EngineEvent } from "../../stack/up-events";
import { runCost } from "../preview-summary/cost";
import { withEvaluationPrices } from "../preview-summary/evaluation-price";
import { modelsOf } from "../preview-summary/models";
import { type Pipeline, pipelineOf } from "../preview-summary/pipeline";
import { previewOfEvents } from "../preview-summary/preview-events";
import { at } from "../preview-summary/steps";
import { labelled } from "../preview-summary/terminal";
import { GATE_TYPE, VERSIONS_TYPE, versionsAfter } from "../preview-summary/versions";
import { leftOfPlan, NOTHING_FAILED_THERE } from "./unfinished";

/** Resources that end an `up` with a rejection: the register where no version may be deployed, else the gate. */
const ENDS: readonly string[] = [GATE_TYPE, VERSIONS_TYPE];

/**
 * What an `up` left whose newest model did not pass: score and limit, what is deployed, what the run cost and what to do. The error above has all
 * figures; it is not repeated.
 *
 * @param columns - width of the terminal; undefined where there is none
 * @returns undefined for a run that ended otherwise
 */
export function rejectedSummary(events: EngineEvent[], columns?: number): string | undefined {
  const { steps, messages } = previewOfEvents(events);
  const split = modelsOf(steps);
  const all = withEvaluationPrices(split.models.length > 0 ? split.models : [pipelineOf(steps)], messages);
  const ended = errorsOf(events);
  const rejected = all.flatMap((pipeline) => {
    const why = pipeline.versions?.new["rejected"];
    const candidate = candidateOf(pipeline);
    if (typeof why !== "string" || why === "" || !candidate) return [];
    return ended.some((message) => message.includes(why)) ? [{ pipeline, candidate }] : [];
  });
  if (rejected.length === 0) return undefined;
  const of = ({ name }: Pipeline) => (name === undefined ? "" : `${name}: `);
  const title = rejected
    .map(({ pipeline, candidate }) => `${of(pipeline)}${titleOf(candidate, servingOf(pipeline))}`)
    .join(" ");
  return [
    pc.red(pc.bold(wrap(`Rejected. ${title}`, columns))),
    ...labelled(
      "deploys",
      rejected.map(({ pipeline }) => `${of(pipeline)}${deployedAfter(pipeline)}`),
      { columns },
    ),
    ...labelled("cost", [`on Azure: ${runCost(all)}`], { columns }),
    ...labelled(
      "next",
      rejected.map(({ pipeline, candidate }) => `${of(pipeline)}${waysOn(candidate, servingOf(pipeline))}`),
      { columns },
    ),
    ...labelled("note", leftOfPlan(events).planned ? [NOTHING_FAILED_THERE] : [], { columns }),
  ].join("\n");
}

/** Error messages of the resources that can end a run so. */
function errorsOf(events: EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    const { urn = "", severity, message = "" } = diagnosticEvent ?? {};
    return severity === "error" && ENDS.includes(typeIn(urn)) ? [message] : [];
  });
}

/** What data and settings come to. The register's line of its job may be that of another checkpoint, which serves. */
function candidateOf({ versions }: Pipeline): ModelVersion | undefined {
  const news = (versions?.new ?? {}) as Partial<ModelVersion>;
  const entered = versionsAfter(versions).find(({ jobId }) => jobId === news.jobId);
  if (!entered) return undefined;
  const { fineTunedModel = entered.fineTunedModel, checkpoint = entered.checkpoint } = news;
  return { ...entered, fineTunedModel, checkpoint, evaluation: news.evaluation ?? entered.evaluation };
}

function titleOf(candidate: ModelVersion, served: ModelVersion | undefined): string {
  return `${versionOf(candidate, served)} did not pass its evaluation: ${faults(candidate, true).join("; ")}.`;
}

function servingOf({ versions }: Pipeline): ModelVersion | undefined {
  return versionsAfter(versions).find(({ status }) => status === "serving");
}

/** What is deployed at the end of the run, and what the run did to it. */
function deployedAfter(pipeline: Pipeline): string {
  const { deployment, versions } = pipeline;
  if (!deployment || deployment.operation === "delete")
    return versions?.new["servedModel"] === "" && versions.new["deployed"] === true ? unserved(pipeline) : "nothing";
  const serving = servingOf(pipeline);
  const what = serving ? `version ${serving.version}` : "the same model as before";
  const as = `${what} as ${String(at(deployment.new, "deploymentName"))}`;
  switch (deployment.operation) {
    case "same":
      return `${as}, as before`;
    case "update":
      return `${as}, whose settings this run changed`;
    default:
      return `${as}, which this run created`;
  }
}

/** Where none of the versions may be deployed, the run ends before it comes to the deployment. */
function unserved({ versions }: Pipeline): string {
  const served = at(versions?.old ?? {}, "servedModel");
  return typeof served === "string" && served !== "" ? `${served}, as before` : "nothing yet";
}
