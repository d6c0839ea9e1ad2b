import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { evaluate } from "../../evaluation/evaluate";
import { type RehearsedModels, rehearseModels } from "./rehearsed-models";

const canary = "CANARY-c41d";

let models: RehearsedModels;
beforeAll(async () => {
  models = await rehearseModels();
});
afterAll(() => models.rehearsal.close());

/** Every text of the cases has it: question, reference, keys of their own. */
const cases = Array.from({ length: 25 }, (_, row) => {
  const say = (role: string) => ({ role, content: `${canary} ${role} ${row}` });
  return `${JSON.stringify({ messages: [say("system"), say("user"), say("assistant")], topic: canary })}\n`;
}).join("");

it("says nothing of cases and answers outside the results of their owner", async () => {
  const told: unknown[] = [];
  const onProgress = (progress: unknown) => told.push(progress);
  const { summary, cases: kept } = await evaluate(await models.options({ cases, onProgress }));
  expect(JSON.stringify([summary, told])).not.toContain(canary);
  expect(JSON.stringify(kept)).toContain(canary);
});

describe("nor in its errors, though the service repeats the question in its refusal", () => {
  const echo = `I will not answer '${canary} user 3'`;
  it.each<[string, { status: number; code?: string; message: string }]>([
    ["a bad request", { status: 400, code: "invalid_request_error", message: echo }],
    ["a code that is text", { status: 400, code: echo, message: echo }],
    ["no deployment", { status: 404, code: "DeploymentNotFound", message: echo }],
    ["no role", { status: 401, code: "PermissionDenied", message: `lacks the required data action: ${echo}` }],
    ["an outage", { status: 500, message: echo }],
    ["another network", { status: 403, message: `public network access is disabled ${echo}` }],
  ])("%s", async (_, fault) => {
    models.rehearsal.proxy.fault = ({ path }) => (/\/chat\//.test(path) ? fault : undefined);
    const error = await evaluate(await models.options({ cases })).catch((refusal: Error) => refusal);
    models.rehearsal.proxy.fault = () => undefined;
    const { name, message, stack, cause } = error as Error;
    expect(name).toBe("EvaluationRefusal");
    expect([message, stack, cause, JSON.stringify(error)].join("\n")).not.toContain(canary);
    expect(message).toContain(`${fault.status}`);
  });
});
