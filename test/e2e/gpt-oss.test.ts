import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";

// A model of another publisher's format, which Foundry accounts alone tune. Each test takes up where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  checkout.configure({
    model: "gpt-oss-20b",
    trainingType: "GlobalStandard",
    "deploy.sku": "GlobalStandard",
    "deploy.capacity": 100,
  });
});
afterAll(() => checkout.close());

async function succeeds(...args: string[]): Promise<string> {
  const result = await checkout.pulumi(...args);
  expect(result).toSucceed();
  return result.output;
}

it.each([
  ["where the stack would make an account of kind OpenAI", {}],
  ["where the settings ask for one", { "account.kind": "OpenAI" }],
])("is refused at preview with what to do %s", async (_name, settings) => {
  checkout.configure(settings);
  const result = await checkout.pulumi("preview");
  expect(result).toFail();
  expect(result.output).toMatch(
    /accounts of kind OpenAI don't offer it; only accounts of kind AIServices do.+Set account\.kind to AIServices/s,
  );
});

it("a capacity with which it would not answer is refused at preview", async () => {
  checkout.configure({ "account.kind": "AIServices", "deploy.capacity": 1 });
  const result = await checkout.pulumi("preview");
  expect(result).toFail();
  expect(result.output).toMatch(
    /deploy\.capacity 1 can't be used: .+ a capacity of at least 100 to respond, but it is 1/,
  );
  checkout.configure({ "deploy.capacity": 100 });
});

it("is tuned and deployed in its own format, and answers", async () => {
  await succeeds("up", "--yes", "--skip-preview");
  const [deployment] = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment");
  expect(deployment!.inputs).toMatchObject({
    sku: { name: "GlobalStandard", capacity: 100 },
    properties: {
      model: { format: "OpenAI-OSS", name: expect.stringMatching(/^gpt-oss-20b-11\.ft-[0-9a-f]{32}-/) },
    },
  });
  await expect(checkout.counters()).resolves.toMatchObject({ jobsEverCreated: 1, deployments: 1 });
  const chat = await checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local");
  expect(chat).toSucceed();
  expect(chat.stdout).toMatch(/^Artificial intelligence/);
});

it("a second preview and the name with its version change nothing", async () => {
  await succeeds("preview", "--expect-no-changes");
  checkout.configure({ model: "gpt-oss-20b-11" });
  expect(await succeeds("preview")).not.toMatch(/to (create|replace|delete)/);
});

it("destroy leaves nothing", async () => {
  await succeeds("destroy", "--yes", "--skip-preview");
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, roleAssignments: 0 });
});
