import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Calls } from "../../azure-openai/calls";
import { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure } from "../../azure-openai/failure";
import { jobNextStep, nextStep } from "../../azure-openai/next-steps";
import { RULES, type Situation } from "../../azure-openai/refusals";
import { ServiceTime } from "../../azure-openai/service-time";
import { HastyClock } from "../support/hasty-clock";

/** The real client against a server that refuses everything alike. */
let server: Server;
let origin: string;
let answer: { status: number; type?: string; body: string };
let requests = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    requests++;
    request.resume();
    response.writeHead(answer.status, { "content-type": answer.type ?? "application/json" });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function refusedWith(status: number, body: unknown): Promise<AzureFailure> {
  answer = { status, body: typeof body === "string" ? body : JSON.stringify(body) };
  requests = 0;
  const clock = new HastyClock();
  const roleWait = { tell: () => undefined };
  const calls = new Calls({ clock, target: origin, renewToken: () => undefined, roleWait });
  const addresses = { openAi: `${origin}/`, account: `${origin}/` };
  const token = () => Promise.resolve("token");
  const chat = new DataPlane(addresses, token, () => calls, new ServiceTime(clock)).chatWith();
  const question = { deploymentName: "d", systemMessage: "", question: "q", maxTokens: 5 };
  return (await chat.ask(question).catch((error: unknown) => error)) as AzureFailure;
}

const error = (code: string | undefined, message: string, more: object = {}) => ({ error: { code, message, ...more } });

describe("a refusal of the data plane", () => {
  it.each<[string, number, unknown, Situation, RegExp]>([
    [
      "without public access",
      403,
      error("AccessDenied", "Public access is disabled. Please configure private endpoint."),
      "network",
      /this isn't a missing role.+inside the network.+network\.networkAcls\.ipRules.+network\.publicNetworkAccess/,
    ],
    [
      "without public access, the code being the status",
      403,
      error("403", "Public access is disabled. Please configure private endpoint."),
      "network",
      /inside the network/,
    ],
    [
      "of a firewall",
      403,
      error("AccessDenied", "Access denied due to Virtual Network/Firewall rules."),
      "network",
      /inside the network/,
    ],
    [
      "of a firewall, under a code that means roles elsewhere",
      403,
      error("PermissionDenied", "Access denied due to Virtual Network/Firewall rules."),
      "network",
      /this isn't a missing role/,
    ],
    [
      "of a key",
      403,
      error("AuthenticationTypeDisabled", "Key based authentication is disabled for this resource."),
      "keysOff",
      /localAuth.+Microsoft Entra ID/,
    ],
    [
      "of a base model",
      400,
      error("invalidPayload", "The specified base model does not support fine-tuning."),
      "notTunable",
      /model, location, trainingType and method/,
    ],
    [
      "of an OSS model's training type",
      400,
      error("invalidPayload", "The model Qwen3-32B does not support fine-tuning with Standard TrainingType."),
      "notTunable",
      /trainingType/,
    ],
    [
      "of a file that is still checked",
      400,
      error("invalidPayload", "The specified file reference must point to a completed file import."),
      "fileNotReady",
      /Run `pulumi up` again/,
    ],
    [
      "before a deployment is ready",
      400,
      error("BadRequestForDependentService", "Bad request for dependent service.", { type: "invalid_request_error" }),
      "notReady",
      /not ready yet/,
    ],
    [
      "of a question",
      400,
      error(
        "content_filter",
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
        {
          param: "prompt",
          status: 400,
          innererror: {
            code: "ResponsibleAIPolicyViolation",
            content_filter_result: {
              hate: { filtered: false, severity: "safe" },
              violence: { filtered: true, severity: "medium" },
            },
          },
        },
      ),
      "questionFiltered",
      /\(400 content_filter: violence\)\. .+probe\.question.+deploy\.raiPolicyName/,
    ],
    [
      "of a question, named by the inner error alone",
      400,
      error("BadRequest", "no", { inner_error: { code: "ResponsibleAIPolicyViolation" } }),
      "questionFiltered",
      /deploy\.raiPolicyName/,
    ],
    [
      "of training data",
      400,
      error("contentFilter", "The provided training data failed RAI checks for harm types: [hate_fairness, violence]."),
      "dataRefused",
      /for hate_fairness, violence\. `training\.retry` won't help with the same data/,
    ],
  ])("%s says what to do", async (_name, status, body, situation, sentence) => {
    const failure = await refusedWith(status, body);
    expect(failure).toBeInstanceOf(AzureFailure);
    expect(failure.nextStep?.situation).toBe(situation);
    expect(failure.message).toMatch(sentence);
    expect(failure.message).toBe(`${failure.said}. ${failure.nextStep!.advice}`);
    expect(failure).toMatchObject({ status, foreign: false, transient: false, lacksRole: false });
    // No wait for a role, and nothing repeated.
    expect(requests).toBe(1);
  });

  it("of a missing role is still waited for", async () => {
    const text = "The principal `x` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/...`";
    const failure = await refusedWith(401, error("PermissionDenied", text));
    expect(failure).toMatchObject({ lacksRole: true, nextStep: { situation: "missingRole" } });
    expect(requests).toBeGreaterThan(10);
  });

  it.each([
    ["a gateway's page", "<html>Public access is disabled. Please configure private endpoint.</html>"],
    ["a firewall's text", "Access denied due to Virtual Network/Firewall rules."],
    ["JSON of another shape", { message: "Public access is disabled. Please configure private endpoint." }],
  ])("that is not Azure's keeps its own sentence: %s", async (_name, body) => {
    const failure = await refusedWith(403, body);
    expect(failure.nextStep).toBeUndefined();
    expect(failure.message).toMatch(/without an Azure error: check whether a proxy/);
  });

  it("inside another is found, and its words are shown", async () => {
    const model =
      "The model 'Format:OpenAI,Name:gpt-4o-mini,Version:2024-07-18' has been deprecated since 03/31/2026 00:00:00";
    const details = [{ code: "ServiceModelDeprecated", message: `${model}.` }];
    const outer = error("InvalidTemplateDeployment", "The template deployment is not valid.", { details });
    const failure = await refusedWith(400, outer);
    expect(failure.message).toContain(`The template deployment is not valid. ${model} (400 InvalidTemplateDeployment)`);
    expect(failure.message).toContain("Azure has retired gpt-4o-mini 2024-07-18 (since 2026-03-31).");
  });
});

describe("a refusal of Resource Manager", () => {
  const old =
    "The model 'Publisher: , Format: OpenAI, Name: gpt-35-turbo, Version: 0613, Source: , SourceAccount: ' has been deprecated since 02/13/2025 00:00:00.";
  it.each<[string, string, number, Situation, RegExp]>([
    ["ServiceModelDeprecated", old, 400, "modelRetired", /gpt-35-turbo 0613 \(since 2025-02-13\).+deploy\.sku.+model/],
    ["400", old, 400, "modelRetired", /gpt-35-turbo 0613/],
    ["CustomDomainInUse", "Please pick a different name.", 409, "subdomainTaken", /account\.name/],
    ["InsufficientQuota", "This operation require 5 new capacity", 400, "quota", /deploy\.capacity/],
    ["RequestConflict", "Another operation is being performed.", 409, "conflict", /Run the command again/],
    ["UpdateKindNotAllowed", "It's not allowed to update kind of API account.", 400, "kindFixed", /pulumi refresh/],
    ["FlagMustBeSetForRestore", "has been soft-deleted", 409, "softDeleted", /npm run recover.+purge.+permanently/],
    ["CannotChangeDeploymentModel", "The model of deployment cannot be changed.", 400, "modelFixed", /deploy\.switch/],
    ["DeploymentModelNotSupported", "is not supported", 400, "modelNotServed", /deploy\.sku/],
    ["CannotDeleteResource", "Cannot delete resource while nested resources exist.", 409, "nestedResources", /destroy/],
    ["RoleAssignmentExists", "The role assignment already exists.", 409, "assignmentExists", /roles\.usagesReader/],
    [
      "DeploymentFailed",
      "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above acceptable thresholds for [Violence, Self Harm].",
      400,
      "modelRefused",
      /for Violence, Self Harm\. `training\.retry` won't help/,
    ],
  ])("%s", (code, text, status, situation, sentence) => {
    const step = nextStep({ status, codes: [code], text });
    expect(step?.situation).toBe(situation);
    expect(step?.advice).toMatch(sentence);
    expect(nextStep({ status, codes: [code.toUpperCase()], text })).toEqual(step);
  });
});

describe("what is not known", () => {
  /** Words that decide under a general code. */
  const texts = [
    "Public access is disabled. Please configure private endpoint.",
    "Access denied due to Virtual Network/Firewall rules.",
    "Key based authentication is disabled for this resource.",
    "The principal `x` lacks the required data action `y`",
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    "The model 'Format:OpenAI,Name:m,Version:1' has been deprecated since 03/31/2026 00:00:00.",
    "The specified file reference must point to a completed file import.",
  ];
  const known = new Set(RULES.flatMap(({ codes = [] }) => codes.map((code) => code.toLowerCase())));
  const unknownCode = fc
    .stringMatching(/^[A-Z][A-Za-z]{4,24}$/)
    .map((code) => `Zz${code}`)
    .filter((code) => !known.has(code.toLowerCase()));

  it("gets no next step under a code of its own, whatever its words resemble", () => {
    const text = fc.oneof(fc.constantFrom(...texts), fc.string());
    fc.assert(
      fc.property(unknownCode, text, fc.integer({ min: 400, max: 599 }), (code, said, status) => {
        expect(nextStep({ status, codes: [code], text: said })).toBeUndefined();
      }),
    );
  });

  it.each<[number, string | undefined, string]>([
    [403, "AccessDenied", "You may not do this."],
    [403, "Forbidden", "Forbidden"],
    [401, "401", "Access denied due to invalid subscription key or wrong API endpoint."],
    [429, "insufficient_quota", "You exceeded your current quota."],
    [429, "429", "Requests to the ChatCompletions_Create Operation have exceeded call rate limit."],
    [400, "invalidPayload", "The API version 2023-01-01 has been deprecated."],
    [404, "DeploymentNotFound", "The API deployment for this resource does not exist."],
    [500, undefined, ""],
    [403, "KeyBasedAuthenticationNotPermitted", "Key based authentication is not permitted on this storage account."],
    [400, "BadRequest", "Public access is disabled. Please configure private endpoint."],
  ])("%s %s %s", (status, code, text) => {
    expect(nextStep({ status, codes: [code], text })).toBeUndefined();
  });

  it("is answered at once, however long and hostile the text", () => {
    const text = "triggering model 'x ".repeat(100_000);
    const started = performance.now();
    nextStep({ status: 400, codes: [], text });
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe("a job that failed", () => {
  it.each<[string, { code?: string; message?: string } | null, string[], Situation | undefined]>([
    [
      "by its data",
      { message: "The provided training data failed RAI checks for harm types: [self_harm]." },
      [],
      "dataRefused",
    ],
    ["by its data, as a content filter's refusal", { code: "content_filter", message: "no" }, [], "dataRefused"],
    [
      "by its data, which only an event tells",
      { code: "internalFailure", message: "The job failed." },
      ["Job started.", "The provided training data failed RAI checks for harm types: [violence]."],
      "dataRefused",
    ],
    [
      "by its model",
      null,
      ["Model evaluation identified that this fine tuned model scores above acceptable thresholds for [Violence]."],
      "modelRefused",
    ],
    [
      "by its base model",
      { code: "x", message: "The specified base model does not support fine-tuning." },
      [],
      "notTunable",
    ],
    [
      "by the service",
      { message: "Fine tune failed during postprocessing" },
      ["Model safety checks failed due to system error."],
      undefined,
    ],
    ["with a code of a request", { code: "RequestConflict", message: "busy" }, [], undefined],
    ["without a reason", null, [], undefined],
  ])("%s", (_name, jobError, messages, situation) => {
    expect(jobNextStep(jobError, messages)?.situation).toBe(situation);
  });
});

it("has one voice: sentences with an end, and settings that exist", () => {
  const steps = RULES.flatMap(({ advice, chatAdvice = advice }) => [advice, chatAdvice]).map((words) =>
    typeof words === "string" ? words : words("[a] 'Name:m,Version:1' since 01/02/2026"),
  );
  for (const words of steps) expect(words).toMatch(/^[A-Z].*[.)]$/);
});
