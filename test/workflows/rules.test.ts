import { describe, expect, it } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { SUMMARY_ARTIFACT } from "../../commands/github/summary-artifact";
import { projectFolder, setUp, sourceOf, stepsOf, workflow, workflowNames } from "./workflow-files";

const scripts = (
  JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as { scripts: Record<string, string> }
).scripts;
const stackFiles = readdirSync(projectFolder).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
const deploying = ["preview.yml", "comment.yml", "up.yml", "drift.yml", "destroy.yml"];

describe.each(workflowNames)("%s", (name) => {
  it("names no stored secret: who runs proves itself by OIDC", () => {
    expect(sourceOf(name)).not.toMatch(/\bsecrets\b\s*[.[]/);
  });

  it("starts from no permissions, or reading the code alone, and each job says what it takes", () => {
    const { permissions, jobs } = workflow(name);
    expect([{}, { contents: "read" }]).toContainEqual(permissions);
    const effective = Object.values(jobs).map((job) => job.permissions ?? permissions);
    // Who takes nothing at all can't even check out.
    for (const taken of effective) expect([undefined, "read"]).toContain(taken?.contents);
    expect(effective).not.toContain(undefined);
  });

  it("takes actions of these publishers alone", () => {
    for (const { step } of stepsOf(name)) expect(step.uses ?? "./").toMatch(/^(\.\/|(actions|azure|pulumi)\/[\w-]+@)/);
  });

  it("puts no expression into a shell: what others write reaches `run` by the environment", () => {
    for (const { step } of stepsOf(name)) expect(step.run ?? "").not.toContain("${{");
  });

  it("calls npm scripts that exist", () => {
    const called = stepsOf(name).flatMap(({ step }) => [
      ...(step.run ?? "").matchAll(/npm run (?:-s |--silent )*([\w:-]+)/g),
    ]);
    for (const [, script] of called) expect(Object.keys(scripts)).toContain(script);
  });

  it("ends every job, and takes actions by a major version, or by the commit that Renovate pins", () => {
    for (const job of Object.values(workflow(name).jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(350);
    for (const { step } of stepsOf(name)) expect(step.uses ?? "./").toMatch(/^\.\/|@(v\d+|[\da-f]{40})$/);
  });

  it("hands the checkout's token to no later step", () => {
    const checkouts = stepsOf(name).filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    for (const { step } of checkouts) expect(step.with).toMatchObject({ "persist-credentials": false });
  });
});

it("the permissions are exactly these", () => {
  const taken = Object.fromEntries(
    deploying.map((name) => [
      name,
      Object.fromEntries(
        Object.entries(workflow(name).jobs).map(([job, { permissions }]) => [
          job,
          Object.entries(permissions ?? {}).map(([scope, access]) => `${scope}: ${access}`),
        ]),
      ),
    ]),
  );
  const oidc = ["contents: read", "id-token: write"];
  expect(taken).toEqual({
    "preview.yml": { preview: oidc, "no-preview": [] },
    "comment.yml": { comment: ["contents: read", "actions: read", "pull-requests: write"] },
    "up.yml": { plan: oidc, up: oidc, "go-on": ["contents: read", "actions: write"] },
    "drift.yml": { drift: [...oidc, "issues: write"] },
    "destroy.yml": { plan: oidc, destroy: oidc },
  });
});

it("what changes a stack runs one at a time and is never stopped in the middle", () => {
  const groups = ["up.yml", "destroy.yml"].map((name) => workflow(name).concurrency);
  expect(groups[0]).toEqual({ group: "stack-${{ vars.PULUMI_STACK || 'dev' }}", "cancel-in-progress": false });
  expect(groups[1]).toEqual(groups[0]);
});

it("what changes a stack needs a protected environment, and a destroy its name typed", () => {
  expect(workflow("up.yml").jobs.up!.environment).toBe("deploy");
  const { plan, destroy } = workflow("destroy.yml").jobs;
  expect([plan!.environment, destroy!.environment]).toEqual(["destroy-plan", "destroy"]);
  expect(workflow("destroy.yml").on).toEqual({
    workflow_dispatch: { inputs: { stack: expect.objectContaining({ required: true }) } },
  });
});

it("forks and bots get no identity, and a job that says why", () => {
  const { preview, "no-preview": none } = workflow("preview.yml").jobs;
  for (const condition of [
    "head.repo.full_name == github.repository",
    "user.type != 'Bot'",
    "!endsWith(github.actor, '[bot]')",
  ])
    expect(preview!.if!.split(" && ")).toContainEqual(expect.stringContaining(condition));
  expect(preview!.if).not.toContain("||");
  expect(none).toMatchObject({ if: `\${{ !(${preview!.if}) }}`, permissions: {} });
  expect(none!.steps.map(({ uses }) => uses)).toEqual([undefined]);
  expect(Object.keys(workflow("preview.yml").on)).toEqual(["pull_request"]);
});

describe("what a pull request's own code left is text", () => {
  const { on, jobs } = workflow("comment.yml");
  const steps = jobs.comment!.steps;

  it("main's code runs, never that of the pull request", () => {
    expect(on).toEqual({ workflow_run: { workflows: [workflow("preview.yml").name], types: ["completed"] } });
    expect(steps[0]).toEqual({
      uses: expect.stringMatching(/^actions\/checkout@/),
      with: { "persist-credentials": false },
    });
    for (const name of workflowNames) expect(Object.keys(workflow(name).on)).not.toContain("pull_request_target");
    for (const name of workflowNames) {
      for (const { step } of stepsOf(name).filter(({ step }) => step.uses?.startsWith("actions/checkout@")))
        expect(step.with).not.toHaveProperty("ref");
    }
  });

  it("is checked before it is downloaded, and unpacked outside the checkout", () => {
    const [at, download] = ["Artifact", "actions/download-artifact"].map((what) =>
      steps.findIndex(({ name, uses }) => name === what || uses?.startsWith(what)),
    );
    expect(at).toBeGreaterThan(0);
    expect(download).toBe(at! + 1);
    expect(steps[download!]).toMatchObject({
      if: "steps.artifact.outputs.found == 'true'",
      with: { name: SUMMARY_ARTIFACT, path: "${{ runner.temp }}/from-pull-request" },
    });
    const upload = stepsOf("preview.yml").find(({ step }) => step.uses?.startsWith("actions/upload-artifact@"))?.step;
    expect(upload?.with).toMatchObject({ name: SUMMARY_ARTIFACT, path: "summary.md" });
  });

  it("no job that runs a pull request's code may write anything", () => {
    for (const name of workflowNames.filter((name) => "pull_request" in (workflow(name).on ?? {}))) {
      for (const { permissions = workflow(name).permissions } of Object.values(workflow(name).jobs)) {
        expect(
          Object.entries(permissions ?? {})
            .filter(([scope]) => scope !== "id-token")
            .flat(),
        ).not.toContain("write");
      }
    }
  });
});

describe("the identity that changes is for jobs with an environment that people approve", () => {
  const jobs = deploying.flatMap((name) =>
    Object.entries(workflow(name).jobs).map(([job, entry]) => ({ name, job, entry })),
  );

  it.each(jobs)("$name $job", ({ name, entry }) => {
    const variable = entry.environment ? "AZURE_CLIENT_ID" : "AZURE_PREVIEW_CLIENT_ID";
    const { env = {} } = workflow(name);
    const handedOver = entry.steps.filter(({ uses }) => uses === "./.github/actions/set-up");
    for (const step of handedOver) expect(step.with).toMatchObject({ "azure-client-id": `\${{ vars.${variable} }}` });
    // Pulumi Cloud, too: a team's token where nobody has approved yet.
    const access = entry.environment
      ? { access: "change" }
      : { access: "read", "pulumi-team": "${{ vars.PULUMI_PREVIEW_TEAM }}" };
    for (const step of handedOver) expect(step.with).toMatchObject(access);
    const signsIn = entry.permissions?.["id-token"] === "write";
    expect(handedOver).toHaveLength(signsIn ? 1 : 0);
    expect(signsIn ? (entry.env?.ARM_CLIENT_ID ?? env.ARM_CLIENT_ID) : undefined).toBe(
      signsIn ? `\${{ vars.${variable} }}` : undefined,
    );
    // Named once: an expression could choose one that nobody protects.
    expect(["deploy", "destroy-plan", "destroy", undefined]).toContain(entry.environment);
  });

  it("is named nowhere else", () => {
    for (const name of workflowNames.filter((name) => !["up.yml", "destroy.yml"].includes(name)))
      expect(sourceOf(name)).not.toContain("vars.AZURE_CLIENT_ID");
  });
});

it("up compares the plan with the approved one before anything changes", () => {
  const { plan, up } = workflow("up.yml").jobs;
  expect(up!.needs).toBe("plan");
  expect(plan!.outputs).toMatchObject({ approved: "${{ steps.summary.outputs.approved }}" });
  const names = up!.steps.map(({ name }) => name);
  expect(names.indexOf("Still the approved plan")).toBe(names.indexOf("Up") - 1);
  const compares = up!.steps.find(({ name }) => name === "Still the approved plan")!;
  expect(compares).toMatchObject({ env: { APPROVED: "${{ needs.plan.outputs.approved }}" } });
  expect(compares["continue-on-error"] ?? compares.if).toBeUndefined();
});

it.each(stackFiles)("the wait of %s ends before the job that waits", (file) => {
  const read = (name: string) =>
    parse(readFileSync(path.join(projectFolder, name), "utf8")) as { config?: Record<string, unknown> };
  const declared = read("Pulumi.yaml").config as Record<string, { default?: { waitMinutes: number } }>;
  const own = read(file).config?.["azure-openai-finetune:training"] as { waitMinutes?: number } | undefined;
  const wait = own?.waitMinutes ?? declared.training!.default!.waitMinutes;
  const limit = workflow("up.yml").jobs.up!["timeout-minutes"]!;
  // Half an hour for what comes before and after the wait: packages, uploads, the deployment and its probe.
  expect(wait + 30).toBeLessThan(limit);
  expect(limit).toBeLessThan(360); // GitHub's own runners end a job after six hours.
});

it("only a run that may change gets a token of Pulumi Cloud's organization; one that reads gets its team's, or none", () => {
  const { steps } = setUp().runs;
  const tokens = steps.filter(({ uses }) => uses?.startsWith("pulumi/auth-actions@"));
  const given = "inputs.pulumi-organization != ''";
  expect(tokens.map((step) => [step.if, step.with])).toEqual([
    [
      `${given} && inputs.access != 'change'`,
      expect.objectContaining({
        "requested-token-type": "urn:pulumi:token-type:access_token:team",
        scope: "team:${{ inputs.pulumi-team }}",
      }),
    ],
    [
      `${given} && inputs.access == 'change'`,
      expect.objectContaining({ "requested-token-type": "urn:pulumi:token-type:access_token:organization" }),
    ],
  ]);
  const refused = steps.findIndex(({ name }) => name === "A team that reads");
  expect(steps[refused]!.if).toBe(`${tokens[0]!.if} && inputs.pulumi-team == ''`);
  expect(refused).toBeLessThan(steps.indexOf(tokens[0]!));
});

it("owners review everything but rows and texts", () => {
  const lines = readFileSync(path.join(projectFolder, ".github/CODEOWNERS"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/));
  // The last line that matches counts: all have owners, then texts and rows have none, and the site's code has.
  const owner = expect.stringMatching(/^@[\w-]+\/[\w-]+$/);
  expect(lines).toEqual([["*", owner], ["/data/"], ["/docs/"], ["/docs/site/", owner]]);
});

it("Renovate pins actions by their commit, and merges none by itself", () => {
  const renovate = JSON.parse(readFileSync(path.join(projectFolder, "renovate.json"), "utf8")) as {
    extends: string[];
    automerge?: boolean;
    packageRules: { automerge?: boolean }[];
  };
  expect(renovate.extends).toContain("helpers:pinGitHubActionDigests");
  for (const rule of [renovate, ...renovate.packageRules]) expect(rule.automerge ?? false).toBe(false);
});

it("the stack that the workflows run by default has settings for the policy pack", () => {
  expect(existsSync(path.join(projectFolder, "policy/config/dev.json"))).toBe(true);
});

it("the set-up installs the CLI that Pulumi.yaml asks for", () => {
  const required = (
    parse(readFileSync(path.join(projectFolder, "Pulumi.yaml"), "utf8")) as { requiredPulumiVersion: string }
  ).requiredPulumiVersion;
  const installed = setUp().runs.steps.find((step) => step.uses?.startsWith("pulumi/actions"))!.with!["pulumi-version"];
  expect(installed).toBe(required.replace(">=", "^"));
});

it("what ci.yml runs is there, and a script that bash can read", () => {
  const file = path.join(projectFolder, ".ci/run");
  expect(stepsOf("ci.yml").at(-1)!.step.run).toBe(".ci/run");
  accessSync(file, constants.X_OK);
  expect(spawnSync("bash", ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

it("the ten attacks of docs/workflow-security.md name tests that are there", () => {
  const text = readFileSync(path.join(projectFolder, "docs/workflow-security.md"), "utf8");
  const rows = text.split("\n").filter((line) => /^\| \d+\. /.test(line));
  expect(rows.map((row) => Number(/\d+/.exec(row)![0]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const tests = readdirSync(path.join(projectFolder, "test"), { recursive: true, encoding: "utf8" });
  for (const row of rows) {
    const named = row.match(/[\w/.-]+\.test\.ts/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(tests.filter((file) => `test/${file}`.endsWith(name))).not.toEqual([]);
  }
  expect(readFileSync(path.join(projectFolder, "docs/pull-request-check.md"), "utf8")).toContain(
    "(workflow-security.md)",
  );
});
