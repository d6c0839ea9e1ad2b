import { expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { servedFrom } from "../../components/served-from";
import { ModelVersions } from "../../dynamic-providers/model-versions/resource";
import type { ModelVersionsArgs } from "../../dynamic-providers/model-versions/schema";
import { valueOf } from "../support/mocked-program";

/** A register as the engine answers it: with the outputs of its state where the run doesn't change it. */
async function register(outputs: object, preview: boolean): Promise<ModelVersions> {
  const newResource = ({ name }: { name: string }) => ({ id: name, state: outputs as Record<string, unknown> });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev", preview);
  return new ModelVersions("tutor-versions", {} as ModelVersionsArgs);
}

/** Which Pulumi's types leave out. */
const isKnown = (output: pulumi.Output<string>) => (output as unknown as { isKnown: Promise<boolean> }).isKnown;

it.each<[string, object, boolean, string]>([
  ["of an earlier release, in a preview", { servedModel: "gpt.ft-1" }, true, ""],
  ["of an earlier release, in an up", { servedModel: "gpt.ft-1" }, false, ""],
  ["of today, in a preview", { servedModel: "gpt.ft-1", servedFrom: "/subscriptions/s" }, true, "/subscriptions/s"],
  ["of today that has no other's models", { servedModel: "gpt.ft-1", servedFrom: "" }, true, ""],
])("a register %s tells from which account its model is", async (_, outputs, preview, from) => {
  const found = servedFrom(await register(outputs, preview));
  expect(await isKnown(found)).toBe(true);
  expect(await valueOf(found)).toBe(from);
});

it("is unknown where the model is", async () => {
  expect(await isKnown(servedFrom(await register({}, true)))).toBe(false);
});
