import { expect, it } from "@jest/globals";
import { servedNow } from "../../stack/served-now";
import { stackModels } from "../../stack/stack-models";
import { answerOf, deploymentOf, type Phase, phases } from "../report/phase-states";

const states = phases({
  ...{ accountId: "/subscriptions/s", account: "acct", location: "swedencentral" },
  old: { jobId: "ftjob-old", model: "gpt-4o-mini-2024-07-18.ft-old", trainingFileId: "file-old", createdAt: 100 },
  next: { jobId: "ftjob-next", model: "gpt-4o-mini-2024-07-18.ft-next", trainingFileId: "file-next", createdAt: 200 },
});
const own: Phase[] = ["settled"];
const none: Phase[] = ["first training", "old deployment deleted for the new one"];

it.each(Object.keys(states) as Phase[])("%s: the deployment that clients reach, with its own proof", (phase) => {
  const served = servedNow(stackModels(states[phase]));
  const which = own.includes(phase) ? "next" : "old";
  expect(served && [served.deploymentName, served.probe?.answer]).toEqual(
    none.includes(phase) ? undefined : [deploymentOf[which], answerOf[which]],
  );
});

it("what has not answered yet serves only where nothing else does", () => {
  const [one, other] = ["a", "b"].map((name) => ({ name, sku: "Standard" })) as [
    { name: string; sku: string },
    { name: string; sku: string },
  ];
  expect(servedNow({ deployment: one })).toEqual({ deploymentName: "a" });
  expect(servedNow({ earlier: { name: "m", deployment: other } })).toEqual({ deploymentName: "b" });
  expect(servedNow({ deployment: one, earlier: { name: "m", deployment: other } })).toEqual({ deploymentName: "a" });
});
