import { describe, expect, it } from "@jest/globals";
import type { Method } from "../../../catalog";
import { extraBodyProblems } from "../../../dynamic-providers/fine-tuning-job/extra-body-rules";
import { hyperparameters, METHODS } from "../../../dynamic-providers/fine-tuning-job/hyperparameters";
import { jobRequest } from "../../../dynamic-providers/fine-tuning-job/job-request";
import type { FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { jobArgs } from "./job-args";

type Members = Record<string, unknown>;

/** An object with one value, at a path. */
const at = (path: string, value: unknown = 1): Members =>
  path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Members;

/** Paths of every value in a request. */
const pathsOf = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) && path !== "metadata"
    ? Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, path ? `${path}.${name}` : name))
    : [path];

const everything = (method: Method): FineTuningJobInputs => ({
  ...jobArgs,
  ...{ method, trainingKey: "k", marker: "m", suffix: "s", seed: 1, validationFileId: "file-2", metadata: { a: "b" } },
  integrations: [{ type: "wandb", project: "p" }],
  hyperparameters: Object.fromEntries(Object.keys(hyperparameters).map((name) => [name, 1])),
  ...(method === "reinforcement" && { grader: {}, responseFormat: {} }),
});

describe("a member that the program sends itself", () => {
  const sent = METHODS.flatMap((method) =>
    pathsOf({ ...jobRequest(everything(method)), hyperparameters: 1 })
      .concat(method === "reinforcement" ? ["method.reinforcement.grader", "method.reinforcement.response_format"] : [])
      .map((path) => [method, path] as [Method, string]),
  );

  it.each(sent)("%s: %s is refused with the setting to use", (method, path) => {
    expect(extraBodyProblems(at(path), method)).toEqual([
      expect.stringMatching(
        /^job\.extraBody\.\S+ is already set by `[\w.]+`.*: use that setting, and remove this field\.$/,
      ),
    ]);
  });

  it.each([
    ["Training_File", "dataset.training"],
    ["trainingFile", "dataset.training"],
    ["TRAININGTYPE", "trainingType"],
    ["training_type", "trainingType"],
    ["method.supervised.hyperparameters.nEpochs", "hyperparameters.nEpochs"],
  ])("also as %s", (path, setting) => {
    expect(extraBodyProblems(at(path), "supervised")).toEqual([
      `job.extraBody.${path} is already set by \`${setting}\`: use that setting, and remove this field.`,
    ]);
  });
});

const token = `sk-${"proj-Ab1".repeat(8)}`;

it.each<[string, Members, RegExp]>([
  ["a person", { user: "jane" }, /^job\.extraBody\.user identifies a person/],
  [
    "metadata",
    { metadata: { a: "b" } },
    /^job\.extraBody\.metadata is already set by `metadata`, which you can change without training again/,
  ],
  ["metadata in another case", { Metadata: {} }, /^job\.extraBody\.Metadata is already set by/],
  [
    "no object for the method",
    { method: "dpo" },
    /^job\.extraBody\.method is already set by `method`; to add fields to it, provide an object/,
  ],
  ["the method in another case", { Method: { a: 1 } }, /^job\.extraBody\.Method is already set by `method`/],
  [
    "another method's part",
    { method: { dpo: { a: 1 } } },
    /^job\.extraBody\.method\.dpo\.a is not part of this job's method; only fields of method\.supervised are allowed\.$/,
  ],
  [
    "no object for its part",
    { method: { supervised: 1 } },
    /^job\.extraBody\.method\.supervised is already set by this tool; to add fields to it, provide an object/,
  ],
  [
    "hyperparameters in another case",
    at("method.supervised.HyperParameters", { rank: 1 }),
    /HyperParameters is already set by this tool/,
  ],
  ["a secret by its name", { callback: { api_key: "abc" } }, /^job\.extraBody\.callback\.api_key looks like a secret/],
  ["a secret by its form", { callback: { header: token } }, /^job\.extraBody\.callback\.header looks like a secret/],
  [
    "a secret in a list",
    { callback: { passwords: ["abc"] } },
    /^job\.extraBody\.callback\.passwords\.0 looks like a secret/,
  ],
  [
    "what is nested too deeply",
    at("a".repeat(40).split("").join(".")),
    /^job\.extraBody\.a\.a\.a is nested more than 16 levels deep; the maximum is 16/,
  ],
  ["data", { rows: "a b ".repeat(5000) }, /^job\.extraBody has 20011 characters as JSON; expected at most 16384\.$/],
])("refuses %s, and never shows a value", (_name, extraBody, sentence) => {
  const problems = extraBodyProblems(extraBody, "supervised");
  expect(problems).toEqual([expect.stringMatching(sentence)]);
  expect(problems.join()).not.toMatch(/jane|abc|proj-Ab1/);
});

it.each<[string, Members]>([
  ["a new field", { priority: "low" }],
  ["a new hyperparameter", at("method.supervised.hyperparameters.lora_rank", 8)],
  ["a new field of the method", at("method.supervised.packing", true)],
  ["a count of tokens", { max_tokens: 100 }],
  ["the name of a tokenizer", { tokenizer: "o200k_base" }],
  ["what is not known yet", { model: UNKNOWN }],
  ["nothing", {}],
])("takes %s", (_name, extraBody) => {
  expect(extraBodyProblems(extraBody, "supervised")).toEqual([]);
});

it("tells every mistake at once", () => {
  expect(extraBodyProblems({ model: "m", user: "u", priority: 1, seed: 2 }, "supervised")).toHaveLength(3);
});
