import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { projectFolder } from "../workflows/workflow-files";

/** The published schema of a platform; how it was taken is in take-schemas.mjs beside it. */
function schema(name: string): ValidateFunction {
  const text = readFileSync(path.join(projectFolder, "test/fixtures/pipelines", name), "utf8");
  // One published pattern escapes what Unicode patterns may not.
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(text) as object);
}

const folder = (name: string) => path.join(projectFolder, "pipelines", name);
const files = (name: string) =>
  readdirSync(folder(name), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yml"));
const read = (platform: string, file: string) => readFileSync(path.join(folder(platform), file), "utf8");

/** As the schema of Azure Pipelines has them: its numbers and booleans are texts. */
const asTexts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== "object" || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTexts(member)]));
};

describe("Azure Pipelines", () => {
  const validate = schema("azure-pipelines.json");
  /** A template of variables is none of the schema's files by itself: it stands in a pipeline. */
  const errors = (text: string) => {
    const file = parse(text) as { variables?: unknown };
    const whole = Object.keys(file).join() === "variables" ? { ...file, steps: [] } : file;
    return validate(asTexts(whole)) ? [] : validate.errors;
  };

  it("has pipelines and templates", () => expect(files("azure-devops").length).toBeGreaterThanOrEqual(6));

  it.each(files("azure-devops"))("%s follows its schema", (file) => {
    expect(errors(read("azure-devops", file))).toEqual([]);
  });

  it.each([
    ["a key that there is not", "timeoutInMinutes: 30", "timeoutInMinute: 30"],
    ["a task that there is not", "task: AzureCLI@2", "task: AzureCLI@9"],
    ["an input that the task has not", "scriptType: bash", "scriptKind: bash"],
    ["a choice that the task has not", "scriptType: bash", "scriptType: sh"],
  ])("would find %s", (_, right, wrong) => {
    const text = read("azure-devops", "preview.yml");
    expect(text).toContain(right);
    expect(errors(text.replace(right, wrong))).not.toEqual([]);
  });
});

describe("GitLab", () => {
  const validate = schema("gitlab-ci.json");
  const errors = (text: string) => (validate(parse(text)) ? [] : validate.errors);

  it.each(files("gitlab"))("%s follows its schema", (file) => {
    expect(errors(read("gitlab", file))).toEqual([]);
  });

  it.each([
    ["a key that there is not", "timeout: 350m", "timout: 350m"],
    ["a moment that there is not", "when: manual", "when: manually"],
    ["a time of an artifact that there is not", "expire_in: 1 week", "expires_in: 1 week"],
  ])("would find %s", (_, right, wrong) => {
    const text = read("gitlab", "finetune.yml");
    expect(text).toContain(right);
    expect(errors(text.replace(right, wrong))).not.toEqual([]);
  });
});
