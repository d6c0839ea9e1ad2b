import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { DataPlane } from "../../azure-openai/data-plane";
import { deploy, rehearse, type Rehearsal } from "../support/rehearsal";

// A Foundry account, whose own address is not that of its OpenAI data plane.
let rehearsal: Rehearsal;
let dataPlane: DataPlane;
beforeAll(async () => {
  rehearsal = await rehearse({ settings: { deploymentWarmupSeconds: 0 } });
  rehearsal.account.kind = "AIServices";
  deploy(rehearsal, "open", "gpt-oss-20b", "OpenAI-OSS");
  deploy(rehearsal, "closed", "gpt-4o-mini-2024-07-18");
  dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
});
afterAll(() => rehearsal.close());

it.each([
  ["open", "OpenAI-OSS", /^\/cognitiveservices\/\w+\/openai\/deployments\/open\/chat\/completions\?api-version=2/],
  ["closed", "OpenAI", /^\/accounts\/\w+\/openai\/v1\/chat\/completions$/],
  ["closed", undefined, /^\/accounts\/\w+\/openai\/v1\/chat\/completions$/],
])("asks the deployment %s of the format %s at the documented address", async (deploymentName, format, address) => {
  const { seen } = rehearsal.proxy;
  const before = seen.length;
  const question = { deploymentName, systemMessage: "", question: "What are tokens?", maxTokens: 50 };
  await expect(dataPlane.chatWith(format).ask(question)).resolves.toMatchObject({ finishReason: "stop" });
  const chats = seen.slice(before).filter(({ path }) => path.includes("/openai/"));
  expect(chats.map(({ path }) => path)).toEqual([expect.stringMatching(address)]);
});

it("v1 refuses a model of another format, so that nothing here asks for it there unnoticed", async () => {
  const question = { deploymentName: "open", systemMessage: "", question: "What are tokens?", maxTokens: 50 };
  await expect(dataPlane.chatWith().ask(question)).rejects.toMatchObject({ code: "OperationNotSupported" });
});
