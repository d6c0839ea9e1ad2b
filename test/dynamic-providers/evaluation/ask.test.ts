import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { shippedCatalog } from "../../../catalog";
import { subjectAt } from "../../../dynamic-providers/evaluation/ask";
import { deploy, rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse({ settings: { deploymentWarmupSeconds: 0 } });
  rehearsal.account.kind = "AIServices";
  deploy(rehearsal, "open", "gpt-oss-20b", "OpenAI-OSS");
  deploy(rehearsal, "closed", "gpt-4o-mini-2024-07-18");
});
afterAll(() => rehearsal.close());

it.each([
  ["open", "gpt-oss-20b", "OpenAI-OSS"],
  ["closed", "gpt-4o-mini-2024-07-18", "OpenAI"],
])("an evaluation asks the deployment %s by the API that serves its model", async (deploymentName, name, format) => {
  const { accountId, location } = rehearsal;
  const deployment = { name: deploymentName, properties: { model: { format, name, version: "1" } } };
  const context = rehearsal.newProcess();
  const { chat } = await subjectAt({ context, catalog: shippedCatalog, location }, { accountId, deployment });
  const asked = chat.complete({ deploymentName, messages: [{ role: "user", content: "Hello?" }] }, 10_000);
  await expect(asked).resolves.toMatchObject({ finishReason: "stop" });
});
