import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { projectFolder } from "../workflows/workflow-files";
import { azureJobs, azureNames, azurePipeline, azureSource, gitlabFile, gitlabJobs, scriptOf } from "./pipeline-files";

const { scripts: npmScripts } = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const ofAzure = azureNames.flatMap((name) => azureJobs(name).map((job) => ({ name, ...job })));
const ofGitlab = Object.entries(gitlabJobs()).map(([job, entry]) => ({ job, entry }));
const azureScripts = ofAzure.flatMap(({ name, job, steps }) =>
  steps.flatMap((step) => (scriptOf(step) ? [{ where: `${name} ${job}`, script: scriptOf(step)!, step }] : [])),
);
const gitlabScripts = ofGitlab.flatMap(({ job, entry }) =>
  [...(entry.before_script ?? []), ...(entry.script ?? [])].map((script) => ({ where: job, script })),
);
const scripts = [...azureScripts, ...gitlabScripts];

describe("every script", () => {
  it("calls npm scripts that exist", () => {
    for (const { script } of scripts) {
      for (const [, name] of script.matchAll(/npm run (?:-s )?([\w:-]+)/g))
        expect(Object.keys(npmScripts)).toContain(name);
    }
  });

  it("gets what others write by the environment: no expression and no variable of the platform is in it", () => {
    for (const { script } of azureScripts) {
      expect(script).not.toContain("${{");
      // Azure Pipelines replaces $(name); what is left is the shell's.
      for (const [, inside] of script.matchAll(/\$\(([^)]*)/g)) expect(inside).toMatch(/^(npm|cat) /);
    }
    for (const { script } of gitlabScripts)
      expect(script).not.toMatch(/\$\[\[|CI_COMMIT_(MESSAGE|TITLE|REF|BRANCH)|CI_MERGE/);
  });

  it("prints no output of pulumi but through .ci/without-commands, and previews into a file", () => {
    const lines = scripts.flatMap(({ script }) => script.split("\n")).filter((line) => /\bci:/.test(line));
    const previews = lines.filter((line) => /\bci:\S*preview/.test(line));
    expect(previews.length).toBeGreaterThanOrEqual(10);
    for (const line of previews) expect(line).toContain("> preview.json 2>&1");
    const changes = lines.filter((line) => !/\bci:\S*preview/.test(line));
    expect(changes).toHaveLength(4);
    for (const line of changes) expect(line).toContain(".ci/without-commands npm run -s ci:");
  });

  it("of Azure Pipelines ends with its first failure, which bash does not by itself", () => {
    for (const { script } of azureScripts.filter(
      (entry) => entry.script.trim().split("\n").length > 1 && /npm/.test(entry.script),
    ))
      expect(script).toMatch(/^set -euo pipefail\n/);
  });
});

describe("the identity that changes things is for jobs that people approve", () => {
  it.each(ofAzure)("$name $job", ({ entry, steps }) => {
    const connections = new Set(steps.flatMap(({ inputs }) => inputs?.azureSubscription ?? []));
    const expected = entry.environment ? "finetune-change" : "finetune-read";
    for (const connection of connections) expect(connection).toBe(expected);
    expect(["finetune-deploy", "finetune-destroy-plan", "finetune-destroy", undefined]).toContain(entry.environment);
    expect(Boolean(entry.deployment)).toBe(Boolean(entry.environment));
  });

  it("is for every job but the one that says why there is no preview", () => {
    const none = ofGitlab.filter(({ entry }) => !entry.id_tokens);
    expect(none.map(({ job }) => job)).toEqual(["finetune-no-preview"]);
  });

  it.each(ofGitlab.filter(({ entry }) => entry.id_tokens))("$job", ({ job, entry }) => {
    const client = entry.environment ? "$AZURE_CLIENT_ID" : "$AZURE_PREVIEW_CLIENT_ID";
    expect(entry.variables?.ARM_CLIENT_ID).toBe(client);
    expect(entry.rules!.every(({ when }) => when === "manual")).toBe(Boolean(entry.environment));
    expect(entry.resource_group).toBe(entry.environment ? "stack-$PULUMI_STACK" : undefined);
    expect(entry.interruptible).toBe(job === "finetune-preview");
  });
});

describe("code that nobody has approved", () => {
  it("of a fork gets no service connection, and a job says why", () => {
    const [preview, none] = azureJobs("preview.yml");
    expect(preview!.entry.condition).toBe("ne(variables['System.PullRequest.IsFork'], 'True')");
    expect(none!.entry.condition).toBe("eq(variables['System.PullRequest.IsFork'], 'True')");
    expect(none!.steps.map(({ task }) => task)).toEqual([undefined, undefined]);
  });

  it("of a fork or a bot gets no token of GitLab's, and a job says why", () => {
    const { "finetune-preview": preview, "finetune-no-preview": none } = gitlabJobs();
    const [rule, ...others] = preview!.rules!;
    expect(others).toEqual([]);
    expect(rule!.if).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
    expect(rule!.if).toContain("$GITLAB_USER_LOGIN !~ /_bot(_|$)/");
    expect(rule!.if).not.toContain("||");
    expect(none!.rules!.map((entry) => entry.if)).toEqual([
      expect.stringContaining("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_PROJECT_ID"),
      expect.stringContaining("$GITLAB_USER_LOGIN =~ /_bot(_|$)/"),
    ]);
  });

  it("is in no pipeline but the preview", () => {
    for (const name of azureNames) expect(azurePipeline(name).pr).toBe("none");
    for (const { job, entry } of ofGitlab.filter(({ job }) => !job.endsWith("preview"))) {
      for (const { if: condition } of entry.rules!)
        expect([job, condition]).toEqual([job, expect.stringContaining("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")]);
    }
  });

  it("finds the checkout's token nowhere", () => {
    const checkouts = ofAzure.flatMap(({ steps }) => steps.filter(({ checkout }) => checkout === "self"));
    expect(checkouts.length).toBeGreaterThanOrEqual(6);
    for (const checkout of checkouts) expect(checkout.persistCredentials).toBe(false);
  });
});

it("up compares the plan with the approved one before anything changes", () => {
  const { steps, entry } = azureJobs("up.yml").find(({ job }) => job === "up")!;
  const names = steps.map(({ displayName }) => displayName);
  expect(names.indexOf("Still the approved plan")).toBe(names.indexOf("Up") - 1);
  expect(entry.variables).toEqual([
    { name: "approvedPlan", value: "$[ stageDependencies.plan.plan.outputs['plan.approved'] ]" },
  ]);
  const script = gitlabJobs()["finetune-up"]!.script!;
  const at = (text: string) => script.findIndex((line) => line.includes(text));
  expect(at('--approved "$(cat plan/approved.json)"')).toBeGreaterThan(0);
  expect(at("ci:up")).toBe(at("--approved") + 1);
});

it("what changes a stack runs one at a time, and none is dropped", () => {
  for (const name of ["up.yml", "destroy.yml"]) expect(azurePipeline(name).lockBehavior).toBe("sequential");
});

it("each step of Azure Pipelines that signs in or writes has the access token, and no other has it", () => {
  for (const { script, step } of azureScripts) {
    const needs = step.task === "AzureCLI@2" || script.includes("azure-devops --");
    expect(step.env?.SYSTEM_ACCESSTOKEN).toBe(needs ? "$(System.AccessToken)" : undefined);
  }
});

it("no pipeline names a stored secret", () => {
  for (const name of azureNames) expect(azureSource(name)).not.toMatch(/secret|password|ARM_CLIENT_SECRET/i);
  expect(readFileSync(gitlabFile, "utf8")).not.toMatch(/secret|password|FINETUNE_GITLAB_TOKEN/i);
});

describe("time", () => {
  const minutes = (text: string | undefined) => Number(/^(\d+)m$/.exec(text ?? "")?.[1]);
  const limits = [
    ...ofAzure.map(({ entry }) => entry.timeoutInMinutes),
    ...ofGitlab.map(({ entry }) => minutes(entry.timeout)),
  ];

  it("ends for every job", () => {
    for (const limit of limits) expect(limit).toBeLessThanOrEqual(350);
  });

  it.each(readdirSync(projectFolder).filter((name) => /^Pulumi\..+\.yaml$/.test(name)))(
    "to wait of %s ends before that of the job",
    (file) => {
      const read = (name: string) =>
        parse(readFileSync(path.join(projectFolder, name), "utf8")) as { config?: Record<string, unknown> };
      const declared = read("Pulumi.yaml").config as Record<string, { default?: { waitMinutes: number } }>;
      const own = read(file).config?.["azure-openai-finetune:training"] as { waitMinutes?: number } | undefined;
      const wait = own?.waitMinutes ?? declared.training!.default!.waitMinutes;
      const ofUp = [azureJobs("up.yml").at(-1)!.entry.timeoutInMinutes, minutes(gitlabJobs()["finetune-up"]!.timeout)];
      for (const limit of ofUp) expect(wait + 30).toBeLessThan(limit);
    },
  );
});
