import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { shippedCatalog } from "../../../catalog";
import { SubjectFinder } from "../../../commands/evaluate/find-subject";
import { deploy, rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
let finder: SubjectFinder;
beforeAll(async () => {
  rehearsal = await rehearse();
  deploy(rehearsal, "base", "gpt-4o-mini-2024-07-18");
  deploy(rehearsal, "judge", "gpt-4o-2024-08-06");
  deploy(rehearsal, "open", "gpt-oss-20b", "OpenAI-OSS");
  const azure = await rehearsal.newProcess().azure();
  finder = new SubjectFinder(azure, shippedCatalog, rehearsal.accountId);
});
afterAll(() => rehearsal.close());

const ask = { messages: [{ role: "user" as const, content: "Hello?" }] };

it("finds a deployment of the stack's account with its model and price, and it answers", async () => {
  const subject = await finder.find({ kind: "name", deployment: "BASE" });
  expect(subject).toMatchObject({
    ...{ name: "base", deploymentName: "base", model: "gpt-4o-mini-2024-07-18@1", sampled: true },
    rate: { input: 0.165, output: 0.66 },
  });
  const answer = await subject.chat.complete({ deploymentName: "base", ...ask }, 10_000);
  expect(answer).toMatchObject({ model: "gpt-4o-mini-2024-07-18", finishReason: "stop", tokens: { cached: 0 } });
});

it("asks a model that is not OpenAI's by the API that serves it", async () => {
  const subject = await finder.find({ kind: "name", deployment: "open" });
  const answer = await subject.chat.complete({ deploymentName: "open", ...ask }, 10_000);
  expect(answer).toMatchObject({ model: "gpt-oss-20b-11", finishReason: "stop" });
});

it("finds one by its id, and one by its address, of which model and price remain unknown", async () => {
  const byId = await finder.find({ kind: "id", accountId: rehearsal.accountId.toUpperCase(), deployment: "base" });
  expect(byId.model).toBe("gpt-4o-mini-2024-07-18@1");
  const { service, account, proxy } = rehearsal;
  const endpoint = service.endpointOf(account).replace(service.origin, proxy.origin);
  const byAddress = await finder.find({ kind: "endpoint", endpoint, deployment: "base" });
  expect(byAddress).toMatchObject({ name: "base", model: `base at ${endpoint}` });
  expect(byAddress.rate).toBeUndefined();
  const answer = await byAddress.chat.complete({ deploymentName: "base", ...ask }, 10_000);
  expect(answer.text).toContain("rehearsal of the base model");
});

it("sends no token to an address that is not Azure OpenAI's", async () => {
  await expect(finder.find({ kind: "endpoint", endpoint: "https://example.com/", deployment: "base" })).rejects.toThrow(
    "https://example.com is not an Azure OpenAI address in this cloud, so no token was sent there.",
  );
});

it("names the deployments that there are", async () => {
  await expect(finder.find({ kind: "name", deployment: "tuned" })).rejects.toThrow(
    "The account Tuning has no deployment tuned. It has base, judge, open. To use a deployment in another account, specify its ARM ID.",
  );
});

describe("a judge is the deployment", () => {
  it.each([
    ["of that name", "judge", "judge"],
    ["of that model", "gpt-4o", "judge"],
    ["of that model and version", "gpt-4o-2024-08-06", "judge"],
  ])("%s", async (_, model, name) => {
    await expect(finder.judge(model)).resolves.toMatchObject({ name });
  });

  it("or none", async () => {
    await expect(finder.judge("o3-mini")).resolves.toBeUndefined();
  });
});
