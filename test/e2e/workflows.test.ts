import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SUMMARY_ARTIFACT } from "../../commands/github/summary-artifact";
import { call } from "../../local-azure/test/https-call";
import { AzureDevOpsApi } from "../support/azure-devops-api";
import { GithubApi } from "../support/github-api";
import { GitlabApi } from "../support/gitlab-api";
import { workflowNames } from "../workflows/workflow-files";
import { AzurePipelinesRunner, everyAzureStep } from "./azure-pipelines-runner";
import { Checkout } from "./checkout";
import { everyGitlabJob, GitlabRunner } from "./gitlab-runner";
import { everyRunStep, Runner } from "./runner";
import { Shell } from "./shell";

// A stack's life as the workflows of GitHub see it, and the pipelines of Azure DevOps and GitLab, which take their turns; each test takes up where
// the one before ended. Those two sign in as their jobs do: by a service connection, and by a token of GitLab's kind.
const dayMs = 24 * 60 * 60 * 1000;
const token = { "github.token": "job-token" };
let checkout: Checkout;
let github: GithubApi;
let runner: Runner;
let azureDevOps: AzureDevOpsApi;
let azure: AzurePipelinesRunner;
let gitlabApi: GitlabApi;
let gitlab: GitlabRunner;

beforeAll(async () => {
  github = await GithubApi.start();
  checkout = await Checkout.open();
  // The rehearsal's credentials and backend stand for what OIDC and the repository's variables give. The policy pack is left out: the
  // language host of a CLI built from Go modules runs none (policy-pack.test.ts runs it).
  const rehearsal = await checkout.rehearsalEnvironment();
  const withoutPolicy = { PULUMI_OPTION_POLICY_PACK: "", PULUMI_OPTION_POLICY_PACK_CONFIG: "" };
  const ofRunner = {
    GITHUB_EVENT_PATH: path.join(checkout.folder, ".runner/event.json"),
    RUNNER_TEMP: path.join(checkout.folder, ".runner"),
  };
  const ofGithub = { ...rehearsal, ...github.env, ...withoutPolicy, ARM_USE_OIDC: "", ...ofRunner };
  runner = new Runner(new Shell(checkout.folder, ofGithub));
  const { cloud } = checkout;
  const elsewhere = new Shell(checkout.folder, { ...rehearsal, ...withoutPolicy });
  azureDevOps = await AzureDevOpsApi.start(cloud.oidcRequestToken);
  azure = new AzurePipelinesRunner(elsewhere, {
    ...{ ARM_CLIENT_ID: undefined, ARM_CLIENT_SECRET: undefined, ARM_TENANT_ID: undefined },
    ...azureDevOps.env,
    ...{ AGENT_TEMPDIRECTORY: ofRunner.RUNNER_TEMP, SYSTEM_OIDCREQUESTURI: cloud.pipelinesRequestUri },
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "6f1a2b3c-0000-4000-8000-000000000000",
    ...{ AZURESUBSCRIPTION_CLIENT_ID: cloud.clientId, AZURESUBSCRIPTION_TENANT_ID: cloud.tenantId },
  });
  gitlabApi = await GitlabApi.start();
  const service = { origin: cloud.endpoint, caPem: readFileSync(cloud.caFile, "utf8") };
  gitlab = new GitlabRunner(elsewhere, async () => {
    const path = `${cloud.oidcRequestUrl.slice(cloud.endpoint.length)}&audience=api%3A%2F%2FAzureADTokenExchange`;
    const { body } = await call(service, path, { headers: { authorization: `Bearer ${cloud.oidcRequestToken}` } });
    return { ARM_CLIENT_SECRET: undefined, ARM_OIDC_TOKEN: (body as { value: string }).value, ...gitlabApi.env };
  });
  // Where the workflows run, the stack's settings hold the key that encrypts its secrets.
  const settings = readFileSync(path.join(checkout.folder, ".local/stack/Pulumi.local.yaml"), "utf8");
  checkout.write("Pulumi.local.yaml", settings);
});
afterAll(async () => {
  await checkout.close();
  for (const api of [github, azureDevOps, gitlabApi]) await api.close();
});

it("set-up: package.json and its lock file agree", async () => {
  expect(await runner.setUpStep("Packages")).toSucceed();
});

it("set-up: refuses to read Pulumi Cloud with a token that could write", async () => {
  const { code, output } = await runner.setUpStep("A team that reads");
  expect({ code, output }).toExitWith(1, {
    output: expect.stringMatching(/^::error::.*PULUMI_PREVIEW_TEAM is not set/),
  });
});

describe("preview.yml and comment.yml", () => {
  const step = (name: string) => runner.step("preview.yml", "preview", name);
  const written = (name: string) => runner.step("comment.yml", "comment", name, token);
  const commit = "0123456789abcdef0123456789abcdef01234567";

  /** What the two `uses:` steps between do: the artifact of one run, unpacked where the other looks for it. */
  function handOver(): void {
    const text = checkout.read("summary.md");
    const artifact = { id: 1, run: 99, name: SUMMARY_ARTIFACT, size_in_bytes: text.length, expired: false };
    github.artifacts.splice(0, 1, artifact);
    mkdirSync(path.join(checkout.folder, ".runner/from-pull-request"), { recursive: true });
    checkout.write(".runner/from-pull-request/summary.md", text);
  }

  beforeAll(() => {
    const base = { repo: { url: "https://api.github.test/repos/team/models" } };
    const run = {
      id: 99,
      event: "pull_request",
      path: ".github/workflows/preview.yml",
      head_sha: commit,
      html_url: "https://github.test/team/models/actions/runs/99",
      head_repository: { full_name: "team/models" },
      pull_requests: [{ number: 7, head: { sha: commit }, base }],
    };
    checkout.write(
      ".runner/event.json",
      JSON.stringify({ repository: { full_name: "team/models" }, workflow_run: run }),
    );
  });

  it("tell a pull request what it would do", async () => {
    expect(await step("Preview")).toSucceed();
    const shown = await step("Summary");
    expect(shown).toSucceed();
    expect(shown.summary).toContain(
      "**Trains.** The first fine-tuning job runs and costs $0.02 to $0.06, then the model is deployed.",
    );
    expect(await step("Known error")).toSucceed();
    expect(await written("Packages")).toSucceed();
    expect(await written("Artifact")).toSucceed({ outputs: { found: "false" } });
    handOver();
    expect(await written("Artifact")).toSucceed({ outputs: { found: "true" } });
    expect(await written("Comment")).toSucceed();
    const [{ on, body } = { on: 0, body: "" }] = github.comments;
    expect({ on, body }).toEqual({
      on: 7,
      body: expect.stringContaining(
        "<!-- azure-openai-finetune preview local -->\n_Written by the pull request's own code",
      ),
    });
    expect(body.replaceAll("\u200b", "")).toContain(shown.summary.trimEnd());
  });

  it("say why a pull request is blocked, in the same comment, and fail", async () => {
    const settings = checkout.read("Pulumi.local.yaml");
    checkout.configure({ "deploy.switch": "green" });
    expect(await step("Preview")).toFail();
    expect(await step("Summary")).toSucceed();
    handOver();
    expect(await written("Comment")).toSucceed();
    expect(github.comments).toMatchObject([{ body: expect.stringContaining('- deploy.switch is "green"; expected') }]);
    expect(await step("Blocked")).toExitWith(1, { output: expect.stringContaining("**Blocked.**") });
    // So do the other two.
    const ofAzure = (name: string) => azure.step("preview.yml", "preview", name);
    expect(await azure.step("preview.yml", "preview", "Packages")).toSucceed();
    const preview = await ofAzure("Preview");
    expect(preview).toSucceed({ summary: expect.stringContaining("**Blocked.**") });
    expect(preview.outputs.code).not.toBe("0");
    expect(await ofAzure("Comment")).toSucceed();
    const [{ comments } = { comments: [] }] = azureDevOps.threads;
    expect(comments).toMatchObject([{ content: expect.stringContaining('- deploy.switch is "green"; expected') }]);
    expect(await ofAzure("Blocked")).toExitWith(1, { output: expect.stringContaining("**Blocked.**") });
    const job = await gitlab.job("finetune-preview");
    expect(job).toFail();
    expect(gitlabApi.notes).toMatchObject([{ on: "7", body: expect.stringContaining("**Blocked.**") }]);
    checkout.write("Pulumi.local.yaml", settings);
  });

  it("tell a fork of Azure Repos and of GitLab why there is none", async () => {
    const told = await azure.step("preview.yml", "no_preview", "Why there is no preview");
    expect(told).toSucceed({ output: expect.stringMatching(/type=warning\]No preview: the code is from a fork/) });
    const job = await gitlab.job("finetune-no-preview");
    expect(job).toSucceed({ output: expect.stringMatching(/^No preview: the code is from a fork or a bot/) });
  });

  it.each([
    ["a fork", "else/models", "octocat", /code is from a fork \(else\/models\)/],
    ["a fork that was deleted", "", "octocat", /a fork \(deleted\)/],
    ["a bot", "team/models", "dependabot[bot]", /a bot opened or updated this pull request \(dependabot\[bot\]\)/],
  ])("tell %s why there is none", async (_, head, actor, reason) => {
    const values = { "github.event.pull_request.head.repo.full_name": head, "github.actor": actor };
    const told = await runner.step("preview.yml", "no-preview", "Why there is no preview", values);
    expect(told).toSucceed({ summary: expect.stringMatching(reason), output: expect.stringMatching(/^::notice/) });
  });
});

describe("up.yml", () => {
  const step = (name: string, approved = "") =>
    runner.step("up.yml", "up", name, { "needs.plan.outputs.approved": approved });
  const plan = (name: string) => runner.step("up.yml", "plan", name);
  /** The plan as the reviewers see it. */
  async function planned(): Promise<{ verdict: string; approved: string; summary: string }> {
    await plan("Plan");
    const shown = await plan("Summary");
    expect(shown).toSucceed();
    const { outputs, summary } = shown;
    return { ...(outputs as { verdict: string; approved: string }), summary };
  }

  it("a plan that is blocked ends before anybody is asked", async () => {
    const settings = checkout.read("Pulumi.local.yaml");
    checkout.configure({ "budget.maxTrainingUsd": 0.01 });
    expect(await planned()).toMatchObject({
      verdict: "blocked",
      summary: expect.stringContaining("over budget.maxTrainingUsd"),
    });
    expect(await plan("Blocked")).toExitWith(1, { output: expect.stringContaining("**Blocked.**") });
    checkout.write("Pulumi.local.yaml", settings);
  });

  it("stops when verdict or price are not what was approved, and pays for nothing; a plan of Azure Pipelines is the same", async () => {
    const plan = await azure.step("up.yml", "plan", "Plan");
    expect(plan).toSucceed({ outputs: { verdict: "trains" } });
    const { approved } = plan.outputs as { approved: string };
    expect(plan.summary).toContain("$0.02 to $0.06");
    const settings = checkout.read("Pulumi.local.yaml");
    checkout.configure({ "hyperparameters.nEpochs": 7 });
    const dearer = await step("Still the approved plan", approved);
    expect(dearer).toExitWith(1, {
      output: expect.stringMatching(
        /differs from the approved one:\s+- training cost: approved \$0\.02 to \$0\.06, now \$/,
      ),
    });
    checkout.write("Pulumi.local.yaml", settings);
    expect(await step("Still the approved plan", "")).toExitWith(1);
    const given = { approvedPlan: approved };
    expect(await azure.step("up.yml", "up", "Still the approved plan", given)).toSucceed();
    await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, jobsEverCreated: 0 });
  });

  it("a failure that is none of waiting stays one", async () => {
    const settings = checkout.read("Pulumi.local.yaml");
    checkout.configure({ "budget.maxTrainingUsd": 0.01 });
    expect(await step("Up")).toFail();
    const left = await step("What is left");
    expect(left).toFail();
    expect(left.outputs).toEqual({ verdict: "blocked" });
    expect(left.summary).toContain("over budget.maxTrainingUsd");
    checkout.write("Pulumi.local.yaml", settings);
  });

  // A training of five hours, and a wait that is over at once: what matters is that it ends before the training does.
  it("when the deadline passes, the next run is started", async () => {
    const settings = checkout.read("Pulumi.local.yaml");
    await checkout.admin("PATCH", "/settings", { trainingSeconds: 5 * 3600 });
    checkout.configure({ "training.wait": false });
    // On Azure Pipelines it is one step.
    const up = await azure.step("up.yml", "up", "Up");
    expect(up).toSucceed({ outputs: { left: "waits" }, summary: expect.stringContaining("**Waits only.**") });
    expect(up.output).not.toMatch(/AZURE_OPENAI_API_KEY|\beyJ/);
    expect(await azure.step("up.yml", "up", "Keep waiting", { "parameters.waited": "2" })).toSucceed();
    expect(azureDevOps.runs).toEqual([{ pipeline: "3", ref: "refs/heads/main", parameters: { waited: "3" } }]);
    expect(await step("What is left")).toSucceed({ outputs: { verdict: "waits" } });

    // GitLab's job compares, waits as long as it may, and starts the next pipeline.
    expect(await gitlab.job("finetune-plan")).toSucceed();
    const job = await gitlab.job("finetune-up");
    expect(job).toSucceed({ output: expect.stringContaining("**Waits only.**") });
    expect(job.output).not.toMatch(/AZURE_OPENAI_API_KEY|\beyJ/);
    expect(gitlabApi.triggered).toEqual([{ ref: "main" }]);
    checkout.write("Pulumi.local.yaml", settings);

    const goOn = (name: string) => runner.step("up.yml", "go-on", name, { ...token, "inputs.waited || 0": "2" });
    expect(await goOn("Packages")).toSucceed();
    expect(await goOn("Keep waiting")).toSucceed();
    expect(github.dispatches).toEqual([{ workflow: "up.yml", ref: "main", inputs: { waited: "3" } }]);
  });

  it("its plan only waits; approved while the job trains, it is still the plan when the job has ended", async () => {
    const { verdict, approved, summary } = await planned();
    expect({ verdict, summary }).toEqual({ verdict: "waits", summary: expect.stringContaining("**Waits only.**") });
    await checkout.admin("POST", "/clock", { advanceMs: 5 * 3_600_000 });
    const { code, output } = await step("Still the approved plan", approved);
    expect({ code, output }).toSucceed();
    // The approval of the training is none for what is left of it.
    const training = approved.replace('"verdict":"waits"', '"verdict":"trains"');
    expect(
      await runner.step("up.yml", "up", "Still the approved plan", { "needs.plan.outputs.approved": training }),
    ).toExitWith(1, { output: expect.stringMatching(/verdict: approved trains, now (waits|redeploys)/) });
  });

  it("and ends with a deployed model and one job", async () => {
    const up = await step("Up");
    expect(up).toSucceed();
    expect(up.output).not.toMatch(/AZURE_OPENAI_API_KEY|\beyJ/);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  });
});

describe("drift.yml", () => {
  async function night(): Promise<string> {
    expect(await runner.step("drift.yml", "drift", "Refresh and preview")).toSucceed();
    const verdict = (await runner.step("drift.yml", "drift", "Summary")).outputs.verdict ?? "";
    const issue = { ...token, "steps.summary.outputs.verdict": verdict };
    expect(await runner.step("drift.yml", "drift", "Issue", issue)).toSucceed();
    return verdict;
  }

  it("opens an issue when Azure removed an idle deployment, and closes it when `up` has repaired that", async () => {
    expect(await azure.step("drift.yml", "drift", "Refresh and preview")).toSucceed();

    await checkout.admin("POST", "/clock", { advanceMs: 16 * dayMs });
    expect(await night()).toBe("redeploys");
    const ofGitlab = await gitlab.job("finetune-drift");
    expect(ofGitlab).toExitWith(1, {
      output: expect.stringMatching(/The deployment no longer exists[^]*\nDrift, the account/),
    });
    expect(github.issues).toMatchObject([
      { state: "open", body: expect.stringContaining("The deployment no longer exists") },
    ]);

    expect(await runner.step("up.yml", "up", "Up")).toSucceed();
    expect(await night()).toBe("none");
    expect(github.issues).toMatchObject([{ state: "closed" }]);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  });
});

describe("destroy.yml", () => {
  const confirm = (stack: string) => runner.step("destroy.yml", "plan", "Confirmation", { "inputs.stack": stack });

  it("wants the stack's name, shows what goes, and leaves nothing", async () => {
    expect(await confirm("prod")).toExitWith(1, { output: expect.stringContaining("type that name") });
    expect(await confirm("local")).toSucceed();
    const plan = await runner.step("destroy.yml", "plan", "Plan");
    expect(plan).toSucceed({ summary: expect.stringMatching(/\*\*Destroys\.\*\* \d+ resources will be deleted/) });
    expect(plan.summary).toContain("| Deployment | removed |");
    const typed = (stack: string) => azure.step("destroy.yml", "plan", "Confirmation", { "parameters.stack": stack });
    expect(await typed("prod")).toExitWith(1);
    expect(await typed("local")).toSucceed();
    expect((await azure.step("destroy.yml", "plan", "Plan")).summary).toContain("| Deployment | removed |");
    expect(await gitlab.job("finetune-destroy-plan", { DESTROY_STACK: "prod" })).toExitWith(1);
    expect(await gitlab.job("finetune-destroy-plan", { DESTROY_STACK: "local" })).toSucceed({
      output: expect.stringContaining("| Deployment | removed |"),
    });
    expect(await azure.step("destroy.yml", "destroy", "Destroy")).toSucceed();
    // What is left for the other two is an empty stack.
    expect(await runner.step("destroy.yml", "destroy", "Destroy")).toSucceed();
    expect(await gitlab.job("finetune-destroy")).toSucceed();
    await expect(checkout.counters()).resolves.toMatchObject({
      accounts: 0,
      deletedAccounts: 0,
      deployments: 0,
      files: 0,
      jobs: 0,
    });
  });
});

it("every run step of the workflows was run, but for the ones that run these tests and build the docs", () => {
  const others = ["ci.yml test: Checks and tests", "docs.yml build: Site"];
  const expected = everyRunStep(workflowNames).filter((step) => !others.includes(step));
  expect([...runner.ran].sort()).toEqual(expected.sort());
});

it("every step of the pipelines of Azure DevOps was run, and every job of GitLab's", () => {
  // The same everywhere: it was run for the preview.
  const packages = everyAzureStep().filter((step) => step.endsWith(": Packages"));
  expect(packages.length).toBeGreaterThanOrEqual(6);
  const others = everyAzureStep().filter((step) => !packages.includes(step));
  expect([...azure.ran].sort()).toEqual([...others, "preview.yml preview: Packages"].sort());
  expect([...gitlab.ran].sort()).toEqual(everyGitlabJob().sort());
});
