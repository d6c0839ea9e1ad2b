import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { adoptCommand } from "../../../commands/adopt/command";
import { parseSettings } from "../../../config";
import { jobWith } from "./jobs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "adopt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string | object): string => {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, typeof text === "string" ? text : JSON.stringify(text));
  return place;
};

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await adoptCommand(
    args,
    { write: (text) => out.push(text) },
    { write: (text) => err.push(text) },
    new Date("2026-11-27"),
  );
  return { code, out: out.join(""), err: err.join("") };
}

/** Settings without the project's name, as Pulumi hands them over. */
const settingsOf = (text: string): Record<string, string> => {
  const { config } = parse(text) as { config: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name.split(":")[1]!,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
};

it("writes settings that the program takes, with the files beside the job", async () => {
  const from = file("job.json", jobWith({ validation_file: "file-valid1", metadata: { team: "ai" } }));
  file("file-train1.jsonl", "{}\n");
  file("file-valid1", "{}\n");
  const { code, out, err } = await run("--from", from);
  expect(code).toBe(0);
  const settings = parseSettings(settingsOf(out), "dev");
  expect(settings).toMatchObject({
    ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", suffix: "tutor", seed: 1588808397 },
    ...{ hyperparameters: { nEpochs: 3, batchSize: 1, learningRateMultiplier: 1.8 }, metadata: { team: "ai" } },
  });
  expect([settings.dataset.training, settings.dataset.validation].map((name) => path.resolve(name!))).toEqual([
    path.join(folder, "file-train1.jsonl"),
    path.join(folder, "file-valid1"),
  ]);
  expect(err).toMatch(/^What differs on Azure:\n- /);
  expect(err).not.toContain("Left to do");
  expect(err).toMatch(
    /Check the data: npm run -s validate -- \S+file-train1\.jsonl --validation \S+file-valid1 --model gpt-4o-mini-2024-07-18\n$/,
  );
});

it("takes the files of the command line, and never overwrites --out", async () => {
  const from = file("job.json", jobWith({}));
  const [training, validation] = [file("t.jsonl", "{}\n"), file("v.jsonl", "{}\n")];
  const out = path.join(folder, "Pulumi.dev.yaml");
  const args = ["--from", from, "--training", training, "--validation", validation, "--out", out];
  const first = await run(...args);
  expect([first.code, first.out]).toEqual([0, ""]);
  expect(first.err).toContain("The job had no validation file");
  const written = readFileSync(out, "utf8");
  expect(parseSettings(settingsOf(written), "dev").dataset.validation).toMatch(/v\.jsonl$/);
  await expect(run(...args)).rejects.toThrow(/exists and will not be overwritten/);
  expect(readFileSync(out, "utf8")).toBe(written);
});

it("says how to get a file that is not there, and what the stack refuses", async () => {
  const method = { type: "dpo", dpo: { hyperparameters: { beta: 0.1 } } };
  const { code, out, err } = await run("--from", file("job.json", jobWith({ training_file: "../file 1", method })));
  expect(code).toBe(1);
  expect(settingsOf(out)["dataset"]).toBe('{"training":"data/file 1.jsonl"}');
  expect(err).toMatch(
    /Left to do:\n- Save the training file \.\.\/file 1 as data\/file 1\.jsonl: curl -f .* -o 'data\/file 1\.jsonl'\n- method "dpo" can't be used/,
  );
});

describe("refuses, and writes nothing", () => {
  it.each<[string, string | object, RegExp]>([
    ["what is not JSON", "{", /job\.json' is not JSON: /],
    ["a list", [], /is not a JSON object/],
    ["a list of the API", { object: "list", data: [] }, /is a list, not a fine-tuning job/],
    ["a checkpoint", { object: "fine_tuning.job.checkpoint" }, /is a checkpoint of a job, not a fine-tuning job/],
    ["an error", { error: { message: "No such job" } }, /is an API error \(No such job\)/],
    ["another object", { object: "constructor" }, /is not a fine-tuning job; expected a "fine_tuning\.job" object/],
    [
      "a job without model",
      jobWith({ model: null }),
      /expected a "fine_tuning\.job" object with model and training_file/,
    ],
    ["the data in the job's place", `{"a": "${"x".repeat(1 << 20)}"}`, /is too large to be a fine-tuning job/],
    [
      "a secret",
      jobWith({ metadata: { api_key: "hush" } }),
      /^The job's metadata\.api_key looks like a secret\. Remove it/,
    ],
  ])("%s", async (_case, content, sentence) => {
    await expect(run("--from", file("job.json", content))).rejects.toThrow(sentence);
  });

  it("a file that is not there", async () => {
    await expect(run("--from", path.join(folder, "none.json"))).rejects.toThrow(/none\.json' cannot be read/);
    const from = file("job.json", jobWith({}));
    await expect(run("--from", from, "--training", folder)).rejects.toThrow(/--training '.*' is not a file/);
  });

  it("a command line without a job", async () => {
    await expect(run()).rejects.toMatchObject({ code: "commander.missingMandatoryOptionValue" });
  });
});

it("text of the job can't steer the terminal", async () => {
  const { err } = await run("--from", file("job.json", jobWith({ fine_tuned_model: "ft:a\u001b[2J" })));
  expect(err).not.toContain("\u001b");
});
