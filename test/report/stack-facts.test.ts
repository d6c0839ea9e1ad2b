import { expect, it } from "@jest/globals";
import { stackFacts } from "../../report/stack-facts";
import type { StackExport } from "../../stack/stack-state";

const resource = (type: string, outputs: object, id = "id") => ({
  urn: `urn:pulumi:dev::p::${type}::n`,
  type,
  id,
  outputs,
});
const dataset = (role: string) => resource("pulumi-nodejs:dynamic/finetune:Dataset", { role });
const state = (...resources: object[]) => ({ deployment: { resources } }) as StackExport;
const account = resource("azure-native:cognitiveservices:Account", { name: "acct", location: "swedencentral" }, "/a/b");

it("a stack without an account has no facts", () => {
  expect(stackFacts(state(dataset("training")))).toBeUndefined();
});

it("the training file comes first, in whatever order the state has them", () => {
  const roles = (...order: string[]) =>
    stackFacts(state(account, ...order.map(dataset)))!.datasets.map(({ role }) => role);
  expect(roles("validation", "training")).toEqual(["training", "validation"]);
  expect(roles("training", "validation")).toEqual(["training", "validation"]);
});
