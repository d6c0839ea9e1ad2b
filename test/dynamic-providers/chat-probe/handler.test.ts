import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { chatProbeHandler } from "../../../dynamic-providers/chat-probe/handler";
import type { ChatProbeInputs, ChatProbeState } from "../../../dynamic-providers/chat-probe/schema";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { Fault } from "../../support/fault-proxy";
import { chatRows, deploy, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
let inputs: ChatProbeInputs;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 10, deploymentWarmupSeconds: 300 } });
  const { fileId } = upload(rehearsal, "training.jsonl", chatRows(12));
  const jobId = await submitJob(rehearsal, fileId);
  rehearsal.service.advance(60_000);
  inputs = {
    accountId: rehearsal.accountId,
    deploymentName: "teacher",
    fineTunedModel: `gpt-4o-mini-2024-07-18.ft-${jobId.slice(6)}-test`,
    deployedAt: "2026-11-22T12:00:00Z",
    systemMessage: "The system is an AI teacher that helps people learn about AI",
    question: "Question 3 about learning machines?",
    maxTokens: 50,
    waitMinutes: 30,
  };
});
afterEach(() => rehearsal.close());

const handlerOf = (process = rehearsal.newProcess()) => chatProbeHandler(process);
const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => undefined,
    (error: unknown) => error as PartialFailure,
  );
const CHAT = /\/chat\/completions/;

describe("check of a deployment that is to be created", () => {
  const coming = { switch: "inPlace" as const, deploymentId: UNKNOWN, deployedAt: UNKNOWN, deploymentName: "search" };
  it.each<[string, Partial<ChatProbeInputs>, Partial<ChatProbeInputs>, RegExp]>([
    ["its name is taken", {}, {}, /already has a deployment named search \(gpt-4o-mini\)/],
    ["under recreate the preflight says it", {}, { switch: "recreate" }, /^$/],
    ["in an up it is there by now", {}, { deploymentId: "/subscriptions/s/x" }, /^$/],
    ["the name stays", { deploymentName: "search" }, {}, /^$/],
  ])("%s", async (_name, before, more, reason) => {
    deploy(rehearsal, "search", "gpt-4o-mini");
    const { failures } = await handlerOf().check({ ...inputs, ...before }, { ...inputs, ...coming, ...more });
    expect(failures.map((failure) => failure.reason).join()).toMatch(reason);
  });
});

describe("create", () => {
  it("asks until the deployment answers, and keeps the answer", async () => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    const began = rehearsal.clock.now();
    const { outs } = await handlerOf().create(inputs);
    expect(outs).toMatchObject({
      answer: "Answer 3.",
      promptTokens: expect.any(Number),
      completionTokens: expect.any(Number),
    });
    expect(rehearsal.clock.now() - began).toBeGreaterThanOrEqual(300_000);
    expect(rehearsal.clock.now() - began).toBeLessThan(320_000);
    expect(rehearsal.proxy.count("POST", CHAT)).toBeLessThan(40);
    expect(rehearsal.lines.join("\n")).toMatch(/^waited 0 s of up to \d+ min · no response from teacher yet: /m);
    expect(rehearsal.lines.join("\n")).not.toContain("Answer 3.");
  });

  it("keeps an answer that would steer a terminal or CI as text that can be seen: pulumi prints the lines of a changed output", async () => {
    const raw = "Hi\u001b]52;c;eA==\u0007\u202e\n::error::x";
    const { fileId } = upload(
      rehearsal,
      "raw.jsonl",
      chatRows(12, () => raw),
    );
    const jobId = await submitJob(rehearsal, fileId);
    rehearsal.service.advance(60_000);
    inputs.fineTunedModel = `gpt-4o-mini-2024-07-18.ft-${jobId.slice(6)}-test`;
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    const { outs } = await handlerOf().create(inputs);
    expect(outs?.answer).toBe("Hi\\u001b]52;c;eA==\\u0007\\u202e\n\\u003a:error::x");
  });

  it.each<Fault>([
    "cut before",
    "cut after",
    "truncate",
    { status: 404, code: "DeploymentNotFound" },
    { status: 400, code: "DeploymentNotReady" },
    { status: 400, code: "BadRequestForDependentService", message: "Bad request for dependent service." },
    { status: 429, headers: { "retry-after": "20" } },
    { status: 500 },
    { status: 503 },
    { status: 401 },
  ])("waits through %j", async (fault) => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    rehearsal.service.advance(300_000);
    rehearsal.proxy.disturb("POST", CHAT, fault, 3);
    const { outs } = await handlerOf()
      .create(inputs)
      .catch(() => handlerOf().create(inputs));
    expect(outs.answer).toBe("Answer 3.");
  });

  it("says once what a switch does, however often the engine compares", async () => {
    const handler = handlerOf();
    const state = {
      ...inputs,
      stateVersion: 1 as const,
      answer: "x",
      answeredBy: "m",
      latencyMs: 1,
      promptTokens: 1,
      completionTokens: 1,
    };
    const news = { ...inputs, fineTunedModel: UNKNOWN, deployedAt: UNKNOWN, switch: "recreate" as const };
    for (let times = 0; times < 2; times++) await handler.diff("", state, news);
    expect(rehearsal.lines.filter((line) => line.startsWith("[deployment]"))).toHaveLength(1);
  });

  it("gives a missing deployment six minutes, not thirty", async () => {
    const began = rehearsal.clock.now();
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure?.reasons[0]).toMatch(/Calling the deployment teacher failed: .+ \(404 DeploymentNotFound\)/);
    expect(rehearsal.clock.now() - began).toBeLessThan(400_000);
  });

  it("ends at its deadline with what the deployment said last, and is asked again by the next up", async () => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    const failure = await failureOf(handlerOf().create({ ...inputs, waitMinutes: 1 }));
    expect(failure?.reasons[0]).toMatch(
      /did not respond within 1 minutes \(probe.waitMinutes\): .+\. Run `pulumi up` again/,
    );
    const state = failure!.properties as unknown as ChatProbeState;
    expect((await handlerOf().diff("", state, inputs)).changes).toBe(true);
    expect((await handlerOf().update("", state, inputs)).outs.answer).toBe("Answer 3.");
  });

  const empty = (reason: string) =>
    JSON.stringify({
      ...{ id: "chatcmpl-1", object: "chat.completion", created: 1, model: "gpt-4o-mini" },
      choices: [{ index: 0, finish_reason: reason, message: { role: "assistant", content: "" } }],
      usage: { prompt_tokens: 9, completion_tokens: 50, total_tokens: 59 },
    });
  const json = { "content-type": "application/json" };
  it.each<[string, Fault, RegExp]>([
    [
      "the content filter refuses the question",
      { status: 400, code: "content_filter", message: "The response was filtered due to the prompt." },
      /^Calling the deployment teacher failed: .+ \(400 content_filter\)\. The deployment works, but its content filter blocked the request, so waiting won't help\. Change probe\.question .+deploy\.raiPolicyName/,
    ],
    [
      "the content filter removes the answer",
      { status: 200, body: empty("content_filter"), headers: json },
      /removed its entire answer.+probe\.question.+deploy\.raiPolicyName/,
    ],
    [
      "the model uses up its tokens before it answers",
      { status: 200, body: empty("length"), headers: json },
      /used up all 50 tokens allowed by probe\.maxTokens.+Raise probe\.maxTokens/,
    ],
    [
      "the network keeps this machine out",
      { status: 403, code: "AccessDenied", message: "Public access is disabled. Please configure private endpoint." },
      /this isn't a missing role\. Run this on a machine inside the network/,
    ],
    [
      "keys are switched off",
      { status: 403, code: "AuthenticationTypeDisabled", message: "Key based authentication is disabled." },
      /localAuth/,
    ],
  ])("ends at once when %s", async (_name, fault, sentence) => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    rehearsal.service.advance(300_000);
    rehearsal.proxy.disturb("POST", CHAT, fault, 1_000);
    const began = rehearsal.clock.now();
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure?.reasons[0]).toMatch(sentence);
    expect(rehearsal.proxy.count("POST", CHAT)).toBe(1);
    expect(rehearsal.clock.now() - began).toBeLessThan(1_000);
  });

  it("doesn't take another model's answer for this one's", async () => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    rehearsal.service.advance(300_000);
    const other = { ...inputs, fineTunedModel: inputs.fineTunedModel.replace("-test", "-other"), waitMinutes: 1 };
    expect((await failureOf(handlerOf().create(other)))?.message).toMatch(/-test responded instead of .+-other/);
  });

  it("takes the model's answer for that of its checkpoint, when the service names only the model", async () => {
    deploy(rehearsal, "teacher", inputs.fineTunedModel);
    rehearsal.service.advance(300_000);
    const checkpoint = { ...inputs, fineTunedModel: `${inputs.fineTunedModel}:ckpt-step-12` };
    expect((await handlerOf().create(checkpoint)).outs.answer).toBe("Answer 3.");
  });
});

describe("diff", () => {
  it.each<[string, Partial<ChatProbeInputs>, boolean]>([
    ["nothing", {}, false],
    ["how long to wait", { waitMinutes: 5 }, false],
    ["a redeployment", { deployedAt: "2026-12-01T00:00:00Z" }, true],
    ["a deployment that is created, at preview", { deployedAt: UNKNOWN, deploymentId: UNKNOWN }, true],
    ["a deployment that is updated, at preview", { deployedAt: UNKNOWN, deploymentId: "/deployments/d" }, false],
    [
      "a deployment that is updated to another model, at preview",
      { deployedAt: UNKNOWN, deploymentId: "/deployments/d", fineTunedModel: UNKNOWN },
      true,
    ],
    ["another model", { fineTunedModel: "m" }, true],
    ["another deployment", { deploymentName: "d" }, true],
    ["another question", { question: "Why?" }, true],
    ["the same jobs that a destroy deletes", { destroyedJobs: ["ftjob-1"] }, false],
    ["another job that a destroy deletes", { destroyedJobs: ["ftjob-2", "ftjob-1"] }, true],
    ["no job that a destroy deletes", { destroyedJobs: [] }, true],
    ["jobs that a preview doesn't know yet", { destroyedJobs: UNKNOWN as never }, true],
  ])("%s", async (_name, more, changes) => {
    const before = { ...inputs, destroyedJobs: ["ftjob-1"] };
    const state = { ...before, stateVersion: 1, answer: "yes" } as ChatProbeState;
    expect(await handlerOf().diff("", state, { ...before, ...more })).toEqual({ changes, replaces: [] });
  });

  it.each<[string, string[]]>([
    ["known", ["ftjob-1"]],
    ["unknown", UNKNOWN as never],
  ])(
    "a state of an earlier release names no jobs that a destroy deletes, and does not change for them: %s",
    async (_name, destroyedJobs) => {
      const state = { ...inputs, stateVersion: 1, answer: "yes" } as ChatProbeState;
      expect(await handlerOf().diff("", state, { ...inputs, destroyedJobs })).toEqual({ changes: false, replaces: [] });
    },
  );
});

it("asks nothing where only the jobs have changed that a destroy deletes", async () => {
  const figures = { answer: "yes", answeredBy: "m", latencyMs: 1, promptTokens: 2, completionTokens: 3 };
  const state: ChatProbeState = { ...inputs, destroyedJobs: ["ftjob-1"], stateVersion: 1, ...figures };
  const news = { ...inputs, destroyedJobs: ["ftjob-2"] };
  expect((await handlerOf().update("", state, news)).outs).toEqual({ ...news, stateVersion: 1, ...figures });
  expect(rehearsal.proxy.count("POST", CHAT)).toBe(0);
});

it("read takes an account that is gone for gone", async () => {
  const state = { ...inputs, stateVersion: 1, answer: "yes" } as ChatProbeState;
  expect(await handlerOf().read("probe", state)).toEqual({ id: "probe", props: state });
  await rehearsal.deleteAccount();
  expect(await handlerOf().read("probe", state)).toEqual({});
});

describe("delete", () => {
  const state = () => ({ ...inputs, deploymentName: "chat-0a1b2c", stateVersion: 1 }) as ChatProbeState;

  it("stops a destroy before its first delete while somebody else's deployments are served, with the commands", async () => {
    for (const name of ["chat-0a1b2c", "chat-3d4e5f", "search", "chat-backup"]) deploy(rehearsal, name, "gpt-4o-mini");
    const failure = await failureOf(handlerOf().delete("", state()));
    const [sentence, ...commands] = failure!.message.split("\n");
    expect(sentence).toBe(
      "The account Tuning still has deployments that do not belong to this stack: search, chat-backup. Nothing has been deleted. Delete them first, then run destroy again:",
    );
    expect(commands.map((command) => command.replace(/--subscription \S+ -g \S+/, "..."))).toEqual([
      "  az cognitiveservices account deployment delete ... -n Tuning --deployment-name search",
      "  az cognitiveservices account deployment delete ... -n Tuning --deployment-name chat-backup",
    ]);
  });

  it("lets a destroy pass where only the stack's own are served: two of them after an interrupted switch, and the base model's", async () => {
    for (const name of ["chat-0a1b2c", "chat-3d4e5f", "gpt-4o-mini-2024-07-18-base"])
      deploy(rehearsal, name, "gpt-4o-mini");
    await expect(handlerOf().delete("", state())).resolves.toBeUndefined();
  });

  it("knows its model under another name that only blueGreen makes, which a run that failed leaves beside the first", async () => {
    const fineTunedModel = "gpt-4o-mini-2024-07-18.ft-0a1b2c-tutor";
    deploy(rehearsal, "chat-0a1b2c", fineTunedModel);
    deploy(rehearsal, "tutor-0a1b2c", fineTunedModel);
    await expect(handlerOf().delete("", { ...state(), fineTunedModel })).resolves.toBeUndefined();
    deploy(rehearsal, "tutor-backup", fineTunedModel);
    await expect(handlerOf().delete("", { ...state(), fineTunedModel })).rejects.toThrow(
      /to this stack: tutor-backup\./,
    );
  });

  it("knows the deployments that the program makes before it on the same account, by their start under blueGreen", async () => {
    for (const name of ["chat-0a1b2c", "critic-3d4e5f"]) deploy(rehearsal, name, "gpt-4o-mini");
    await expect(handlerOf().delete("", { ...state(), others: ["critic"] })).resolves.toBeUndefined();
  });

  it("knows the deployment of another probe that the same run deletes", async () => {
    for (const name of ["chat-0a1b2c", "critic-3d4e5f"]) deploy(rehearsal, name, "gpt-4o-mini");
    const destroy = handlerOf(rehearsal.newProcess());
    await destroy.delete("", { ...state(), deploymentName: "critic-3d4e5f", others: ["chat"] });
    await expect(destroy.delete("", state())).resolves.toBeUndefined();
  });

  describe("in a Foundry account", () => {
    beforeEach(() => {
      const times = { createdAt: 0, updatedAt: 0, createdBy: "test", updatedBy: "test" };
      const projects = ["tutor", "Search"].map((name) => ({ name, properties: {}, ...times }));
      Object.assign(rehearsal.account, { kind: "AIServices", projects });
    });

    it("stops a destroy before its first delete while somebody else's projects are there, with the commands", async () => {
      const failure = await failureOf(handlerOf().delete("", { ...state(), project: "Tutor" }));
      expect(failure!.message.replace(/--subscription \S+ -g \S+/, "...")).toBe(
        "The account Tuning still has projects that do not belong to this stack: Search. Nothing has been deleted. Delete them first, then run destroy again:\n" +
          "  az cognitiveservices account project delete ... -n Tuning --project-name Search",
      );
    });

    it("lets a destroy pass where the stack's own alone is there, and in an account of others", async () => {
      await expect(handlerOf().delete("", { ...state(), owner: "p/s", project: "tutor" })).resolves.toBeUndefined();
      rehearsal.account.projects!.pop();
      await expect(handlerOf().delete("", { ...state(), project: "tutor" })).resolves.toBeUndefined();
    });

    it("takes another project of the stack for a change, which a destroy reads from the state", async () => {
      const outs = { ...state(), answer: "Yes." };
      const diff = (project?: string) => handlerOf().diff("", { ...outs, project: "tutor" }, { ...outs, project });
      expect([await diff("tutor"), await diff("other"), await diff()].map(({ changes }) => changes)).toEqual([
        false,
        true,
        true,
      ]);
    });
  });

  it("does not look while the program runs: a replaced probe is just dropped", async () => {
    deploy(rehearsal, "search", "gpt-4o-mini");
    const up = handlerOf();
    await up.check({}, inputs);
    await expect(up.delete("", state())).resolves.toBeUndefined();
  });
});
