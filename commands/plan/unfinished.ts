import { printableLine } from "../../azure-openai/printable-text";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { CANCELLING } from "../../stack/live-line/run-state";
import { logicalName } from "../../stack/stack-state";
import type { EngineEvent } from "../../stack/up-events";

/**
 * Pulumi's message about each resource of a saved plan that a run did not come to, one error each
 * (pkg/resource/deploy/deployment_executor.go, 3.230). Its display writes them to the terminal itself, where nothing can leave them out.
 */
const UNREACHED = /^expected resource operations for [^]* but none were seen/;

/** What those messages mean. */
export const NOTHING_FAILED_THERE =
  'Pulumi\'s errors "expected resource operations for ... but none were seen" mean only that some steps were not reached, not that they failed.';

/** What changes something; the engine's other steps read, or leave as it is. */
const CHANGES: Record<string, string> = {
  create: "created",
  "create-replacement": "replaced",
  update: "updated",
  delete: "deleted",
  "delete-replaced": "deleted",
};

/**
 * What an `up` or `destroy` that was interrupted, or ended before its plan, did and did not do.
 *
 * @returns one line each; none for a run that failed otherwise
 */
export function unfinished(events: EngineEvent[]): string[] {
  const { notReached, oldKept, planned } = leftOfPlan(events);
  if (!planned && !events.some(({ stdoutEvent }) => stdoutEvent && CANCELLING.test(stdoutEvent.message))) return [];
  const lines = [
    "The run ended before everything was done.",
    ...done(events),
    ...(notReached.length > 0 ? [`Planned but not reached, so unchanged: ${notReached.join(", ")}.`] : []),
    ...(oldKept.length > 0 ? [`Replaced, but the old resource is not deleted yet: ${oldKept.join(", ")}.`] : []),
    ...(planned ? [NOTHING_FAILED_THERE] : []),
    ...whatNow(events),
  ];
  return lines.map(printableLine);
}

/**
 * A step that began and did not end is a pending operation in the state: recovery/interruption-notice.ts, which follows, says that it has to be
 * repaired, and with which command. To run the same command is then no advice.
 */
function whatNow(events: EngineEvent[]): string[] {
  const ended = new Set(
    events.map(({ resOutputsEvent, resOpFailedEvent }) => (resOutputsEvent ?? resOpFailedEvent)?.metadata.urn),
  );
  const cut = events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    const isCut = metadata && CHANGES[metadata.op] !== undefined && !ended.has(metadata.urn);
    return isCut && !/^(?:pulumi:|finetune:index:)/.test(metadata.type ?? "") ? [metadata] : [];
  });
  if (cut.length === 0)
    return ["Run the same command again: it continues from here, and you are not billed twice for any training."];
  const jobs = cut.flatMap(({ type, new: after }) => {
    const job = type === finetuneType("TrainedModel") ? after?.inputs?.jobId : undefined;
    return typeof job === "string" ? [job] : [];
  });
  return [
    `Stopped in the middle: ${[...new Set(cut.map(({ urn }) => logicalName(urn)))].join(", ")}.`,
    ...jobs.map(
      (job) => `Job ${job} continues at Azure. You are charged for its training once, even if you don't continue here.`,
    ),
  ];
}

function done(events: EngineEvent[]): string[] {
  const made = events.flatMap(({ resOutputsEvent }) => {
    const { urn = "", op = "", type = "", new: after } = resOutputsEvent?.metadata ?? {};
    const what = CHANGES[op];
    // A component is its children, and providers and the stack are Pulumi's own.
    return what === undefined || /^(?:pulumi:|finetune:index:)/.test(type)
      ? []
      : [{ name: logicalName(urn), what, type, after }];
  });
  const trained = made.find(({ type, what }) => type === finetuneType("TrainedModel") && what !== "deleted");
  const model = trained?.after?.outputs?.fineTunedModel;
  const byWhat = [...new Set(made.map(({ what }) => what))].map((what) => {
    const names = made.filter((one) => one.what === what).map(({ name }) => name);
    return `${what} ${[...new Set(names)].join(", ")}`;
  });
  return [
    ...(trained ? [`The training succeeded${typeof model === "string" ? `: ${model}` : ""}. The model is kept.`] : []),
    byWhat.length === 0 ? "Nothing was changed." : `Done: ${byWhat.join("; ")}.`,
  ];
}

export function leftOfPlan(events: EngineEvent[]): { planned: boolean; notReached: string[]; oldKept: string[] } {
  const urns = events.flatMap(({ diagnosticEvent }) => {
    const message = diagnosticEvent?.message.replace(/<\{%[^%]*%\}>/g, "") ?? "";
    return diagnosticEvent?.severity === "error" && UNREACHED.test(message) ? [diagnosticEvent.urn ?? ""] : [];
  });
  const begun = new Set(
    events.flatMap(({ resourcePreEvent }) => {
      const metadata = resourcePreEvent?.metadata;
      return metadata && metadata.op !== "same" ? [metadata.urn] : [];
    }),
  );
  const names = (of: string[]) => [...new Set(of.map(logicalName))].sort();
  return {
    planned: urns.length > 0,
    notReached: names(urns.filter((urn) => !begun.has(urn))),
    oldKept: names(urns.filter((urn) => begun.has(urn))),
  };
}
