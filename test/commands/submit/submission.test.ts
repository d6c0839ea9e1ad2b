import { expect, it } from "@jest/globals";
import { onlyWaitingIsLeft } from "../../../commands/submit/submission";
import type { EngineEvent } from "../../../stack/up-events";

const trainedModel = "pulumi-nodejs:dynamic/finetune:TrainedModel";

function failed(urn: string, type = trainedModel): EngineEvent {
  return { resOpFailedEvent: { metadata: { urn, type, op: "create" } } };
}
function error(urn: string | undefined, message: string): EngineEvent {
  return { diagnosticEvent: { urn, severity: "error", message } };
}

it.each<[string, EngineEvent[], boolean]>([
  [
    "the job is submitted",
    [failed("m"), error("m", "submitted ftjob-1; run again"), error("s", "update failed")],
    true,
  ],
  ["the wait failed for another reason", [failed("m"), error("m", "the job failed")], false],
  ["something else failed too", [failed("m"), failed("d", "azure-native:x:Y"), error("m", "submitted ftjob-1")], false],
  ["nothing failed in the cloud (a wrong setting, say)", [error(undefined, "submitted ftjob-1")], false],
  ["there are no events", [], false],
])("%s", (_case, events, expected) => {
  expect(onlyWaitingIsLeft(events)).toBe(expected);
});
