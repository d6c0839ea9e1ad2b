import { expect, it } from "@jest/globals";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { catalogInRegion, modelFormat, otherFormat, shippedCatalog } from "../../catalog";
import { recordedModels } from "../support/recorded-region";
import { temporaryFolder } from "../support/temporary-folder";

it.each([
  ["gpt-4o-mini-2024-07-18", "OpenAI"],
  ["gpt-9", "OpenAI"],
  ["gpt-oss-20b", "OpenAI-OSS"],
  [`gpt-oss-20b-11.ft-${"0".repeat(32)}-chat`, "OpenAI-OSS"],
  ["Qwen3-32B", "Alibaba"],
  ["Llama-3.3-70B", "Meta"],
  ["ministral-3b-1", "Mistral AI"],
])("%s is deployed in the format %s", (name, format) => {
  expect(modelFormat(name)).toBe(format);
});

it("is corrected by a catalog file, where it can be read", () => {
  const file = path.join(temporaryFolder("formats"), "catalog.json");
  writeFileSync(file, JSON.stringify({ models: [{ id: "gpt-oss-20b", format: "Microsoft" }] }));
  expect(modelFormat("gpt-oss-20b-11", file)).toBe("Microsoft");
  expect(modelFormat("gpt-oss-20b-11", `${file}.none`)).toBe("OpenAI-OSS");
});

const listed = (format: (name: string, was: string) => string) =>
  catalogInRegion(
    shippedCatalog,
    {
      location: "eastus2",
      models: recordedModels.map((model) => ({ ...model, format: format(model.name, model.format) })),
    },
    { accountKind: "AIServices", today: new Date("2026-08-01") },
  );
const MODELS = ["gpt-4o-mini", "gpt-4.1", "gpt-oss-20b", "qwen3-32b", "llama-3.3-70b-instruct", "ministral-3b"];

it.each(MODELS)("the recorded list of a region has %s in the catalog's format", (name) => {
  expect(
    otherFormat(
      name,
      shippedCatalog,
      listed((_name, was) => was),
    ),
  ).toBeUndefined();
});

it.each(MODELS)("%s in another format than listed is an objection, with the file that corrects it", (name) => {
  expect(
    otherFormat(
      name,
      shippedCatalog,
      listed(() => "Microsoft"),
    ),
  ).toMatch(
    /would be deployed with model format \S.+, but Resource Manager's list of models for eastus2 currently gives its format as Microsoft\. Set `catalogFile` .+"format":"Microsoft"/,
  );
});

it("no list, and a list without formats, are none", () => {
  expect(otherFormat("gpt-oss-20b", shippedCatalog, shippedCatalog)).toBeUndefined();
  expect(
    otherFormat(
      "gpt-oss-20b",
      shippedCatalog,
      listed(() => ""),
    ),
  ).toBeUndefined();
  expect(
    otherFormat(
      "gpt-9",
      shippedCatalog,
      listed(() => "Microsoft"),
    ),
  ).toBeUndefined();
});
