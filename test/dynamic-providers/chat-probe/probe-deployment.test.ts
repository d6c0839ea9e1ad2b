import { expect, it } from "@jest/globals";
import type { DataPlane } from "../../../azure-openai/data-plane";
import { probeDeployment } from "../../../dynamic-providers/chat-probe/probe-deployment";
import { sayInto } from "../../support/say";
import { VirtualClock } from "../../support/virtual-clock";

const HEX = "0".repeat(32);

it.each([
  [`gpt-4o-mini-2024-07-18.ft-${HEX}-chat`, "OpenAI"],
  [`gpt-oss-20b-11.ft-${HEX}-chat`, "OpenAI-OSS"],
  [`Llama-3.3-70B-Instruct-9.ft-${HEX}-chat`, "Meta"],
])("asks %s as a model of the format %s", async (fineTunedModel, format) => {
  const asked: string[] = [];
  const chat = (name: string) => ({
    ask: () => {
      asked.push(name);
      return Promise.resolve({ answer: "Yes.", model: fineTunedModel, promptTokens: 1, completionTokens: 1 });
    },
  });
  const dataPlane = { chatWith: chat } as unknown as DataPlane;
  const inputs = {
    deploymentName: "d",
    fineTunedModel,
    systemMessage: "",
    question: "?",
    maxTokens: 5,
    waitMinutes: 1,
  };
  const options = { clock: new VirtualClock(), say: sayInto([]), stopIfOrphaned: () => Promise.resolve() };
  await expect(probeDeployment(dataPlane, inputs, options)).resolves.toMatchObject({ answer: "Yes." });
  expect(asked).toEqual([format]);
});
