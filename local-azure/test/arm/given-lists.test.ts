import { rmSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "local-azure/testing";
import { cognitiveServices } from "../clients";

let service: TestService;
beforeAll(async () => {
  service = await startForTest();
});
afterEach(() => rmSync(service.world.listsFile, { force: true }));
afterAll(() => service.close());

const give = (text: string) => writeFileSync(service.world.listsFile, text);
async function listed() {
  const client = cognitiveServices(service);
  const found: string[] = [];
  for await (const { model } of client.models.list("eastus2")) found.push(model!.name!);
  for await (const { name } of client.usages.list("eastus2")) found.push(name!.value!);
  return found;
}

it("answers with the lists of the file, per region, and with its own where it has none", async () => {
  const own = await listed();
  expect(own).toEqual(expect.arrayContaining(["gpt-4o-mini", "OpenAI.FineTuned.Deployments"]));
  const models = { eastus2: [{ kind: "OpenAI", model: { name: "gpt-9", version: "1", format: "OpenAI" } }] };
  give(JSON.stringify({ models, usages: { westus: [] } }));
  expect(await listed()).toEqual(["gpt-9", ...own.filter((name) => /^(OpenAI|AIServices)\./.test(name))]);
  give(JSON.stringify({ models, usages: { eastus2: [{ name: { value: "Q" }, currentValue: 1, limit: 2 }] } }));
  expect(await listed()).toEqual(["gpt-9", "Q"]);
});

it("says what is wrong with the file", async () => {
  give("{");
  await expect(listed()).rejects.toThrow(/lists\.json can't be read/);
});
