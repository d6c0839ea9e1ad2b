import { expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { destroyedJobs } from "../../components/destroyed-jobs";
import { ModelVersions } from "../../dynamic-providers/model-versions/resource";
import type { ModelVersionsArgs } from "../../dynamic-providers/model-versions/schema";
import { UNKNOWN } from "../../dynamic-providers/runtime/unknown";
import { valueOf } from "../support/mocked-program";

async function register(outputs: object): Promise<ModelVersions> {
  const newResource = ({ name }: { name: string }) => ({ id: name, state: outputs as Record<string, unknown> });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev", true);
  return new ModelVersions("tutor-versions", {} as ModelVersionsArgs);
}

/** Which Pulumi's types leave out. */
const isKnown = (output: pulumi.Output<string[]>) => (output as unknown as { isKnown: Promise<boolean> }).isKnown;

const owner = "finetune/dev";
const retain = { versions: 3, adopted: true };
const promotedFrom = { stack: "dev", version: 1, accountId: "/subscriptions/s" };
const own = { jobId: "ftjob-1", adopted: false };

it.each<[string, object[], object, string[]]>([
  ["its own", [{ jobId: "ftjob-2", adopted: false }, own], retain, ["ftjob-2", "ftjob-1"]],
  ["none with retain.model", [own], { ...retain, model: true }, []],
  ["no adopted one", [{ jobId: "ftjob-2", adopted: true }, own], retain, ["ftjob-1"]],
  ["an adopted one that is not retained", [{ ...own, adopted: true }], { ...retain, adopted: false }, ["ftjob-1"]],
  ["no other stack's", [{ jobId: "ftjob-2", adopted: false, promotedFrom }, own], retain, ["ftjob-1"]],
  ["its own, while their evaluation is unknown", [{ ...own, evaluation: UNKNOWN }], retain, ["ftjob-1"]],
])("a destroy deletes of a register's jobs %s", async (_name, versions, keeps, ids) => {
  const found = destroyedJobs(await register({ versions }), { owner, retain: keeps as typeof retain })!;
  expect(await isKnown(found)).toBe(true);
  expect(await valueOf(found)).toEqual(ids);
});

it.each<[string, object]>([
  ["the register is", {}],
  ["a job is", { versions: [{ jobId: UNKNOWN, adopted: false }, own] }],
])("they are unknown where %s", async (_name, outputs) => {
  expect(await isKnown(destroyedJobs(await register(outputs), { owner, retain })!)).toBe(false);
});

it("an account of the stack's own goes with all of them", async () => {
  expect(destroyedJobs(await register({ versions: [own] }), { retain })).toBeUndefined();
});
