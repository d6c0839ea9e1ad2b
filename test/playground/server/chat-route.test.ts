import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { ChatLine, Setup } from "../../../playground/api";
import { deploy } from "../../support/rehearsal";
import { servePlayground, type ServedPlayground, token } from "../serve-playground";

// A Foundry account with a model of OpenAI's and another publisher's beside each other.
let playground: ServedPlayground;
beforeAll(async () => {
  playground = await servePlayground({ settings: { deploymentWarmupSeconds: 0 } });
  const { rehearsal } = playground;
  rehearsal.account.kind = "AIServices";
  deploy(rehearsal, "open", "gpt-oss-20b", "OpenAI-OSS");
  deploy(rehearsal, "closed", "gpt-4o-mini-2024-07-18");
});
afterAll(() => playground.close());

const headers = { "x-playground-token": token, "content-type": "application/json" };

async function ask(deployment: string): Promise<ChatLine[]> {
  const body = JSON.stringify({ deployment, messages: [{ role: "user", content: "What are tokens?" }] });
  const reply = await fetch(`${playground.origin}/api/chat`, { method: "POST", headers, body });
  return (await reply.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ChatLine);
}

it.each([
  ["open", "gpt-oss-20b-11"],
  ["closed", "gpt-4o-mini-2024-07-18"],
])("the deployment %s answers, each by the API that serves its model", async (deployment, model) => {
  expect((await ask(deployment)).at(-1)).toMatchObject({ type: "end", model, finishReason: "stop" });
});

it("the page knows for its code which API that is, and where it answers", async () => {
  const reply = await fetch(`${playground.origin}/api/setup`, { headers });
  const { deployments, endpoints } = (await reply.json()) as Setup;
  expect(Object.fromEntries(deployments.map(({ name, api }) => [name, api]))).toEqual({ open: "dated", closed: "v1" });
  expect(endpoints).toEqual({
    v1: expect.stringMatching(/\/accounts\/tuning\/$/),
    dated: expect.stringMatching(/\/cognitiveservices\/tuning\/$/),
  });
});
