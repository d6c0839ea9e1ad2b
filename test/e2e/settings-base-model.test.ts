import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { ChatLine, Setup } from "../../playground/api";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout, CommandResult } from "./checkout";
import { addExample, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// What a preview says of the base model beside the tuned one is what `up` does: on, changed, along with another training, off; and the
// playground opens with both.
jest.setTimeout(300_000);

const TUNED = "gpt-4o-mini-2024-07-18-ft";
const BASE = "gpt-4o-mini-2024-07-18-base";
let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

it("deploy.baseModel.enabled: the base model is deployed beside the tuned one, which stays", async () => {
  checkout.configure({ "deploy.baseModel.enabled": true });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.markdown).toContain(
    "No training; the base model will be deployed beside the fine-tuned model, whose deployment is unchanged",
  );
  expect(said.markdown).toMatch(
    /\| Base model's deployment \|\s+\| billed per token \(\$0\.165 per 1M tokens in, \$0\.66 out\)/,
  );
  expect(said.plan).toEqual([expect.stringMatching(/^Trains nothing: the model of ftjob-\w+ is already trained$/)]);
  expect(said.changes).toEqual({
    "serving-base-model": { operation: "create", properties: [], later: [] },
    "finetune-cost": { operation: "update", properties: expect.arrayContaining(["baseModel.sku"]), later: [] },
  });
  // The other deployment is not written to, and the model not asked again.
  expect(done.writes).toEqual([expect.stringMatching(new RegExp(`^PUT .*/deployments/${BASE}$`))]);
  const [stack] = resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack");
  expect(stack!.outputs).toMatchObject({ deploymentName: TUNED, baseModelDeploymentName: BASE });
  const { output } = await checkout.run("commands/report", "--stack", "local");
  expect(output).toMatch(new RegExp(`base model +${BASE}: billed per token`));
});

it("the playground opens with both side by side, and both answer", async () => {
  const { child, end } = checkout.start("commands/playground", "--stack", "local", "--no-open", "--port", "0");
  try {
    const { origin, token } = await Promise.race([addressIn(child.stdout!), end.then(failed)]);
    const headers = { "x-playground-token": token, "content-type": "application/json" };
    const setup = (await (await fetch(`${origin}/api/setup`, { headers })).json()) as Setup;
    expect(setup.selected).toEqual([TUNED, BASE]);
    expect(setup.deployments).toMatchObject([
      { name: TUNED, kind: "fine-tuned", ownedByStack: true, state: "Succeeded" },
      { name: BASE, kind: "base", model: "gpt-4o-mini-2024-07-18", sku: "Standard", ownedByStack: true },
    ]);
    const models = await Promise.all(
      setup.selected.map(async (deployment) => {
        const messages = [{ role: "user", content: setup.question }];
        const body = JSON.stringify({ deployment, messages });
        const text = await (await fetch(`${origin}/api/chat`, { method: "POST", headers, body })).text();
        const lines = text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as ChatLine);
        const [first, last] = [lines[0], lines.at(-1)];
        expect([first?.type, last?.type]).toEqual(["text", "end"]);
        return last?.type === "end" && { model: last.model, priced: last.usd !== undefined };
      }),
    );
    expect(models).toEqual([
      { model: expect.stringContaining(".ft-"), priced: true },
      { model: "gpt-4o-mini-2024-07-18", priced: true },
    ]);
  } finally {
    child.kill("SIGINT");
    await end;
  }
});

it("deploy.baseModel.capacity and deploy.baseModel.sku change that deployment alone", async () => {
  checkout.configure({ "deploy.baseModel.capacity": 20, "deploy.baseModel.sku": "GlobalStandard" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.changes["serving-base-model"]).toEqual({
    operation: "update",
    properties: ["sku.capacity", "sku.name"],
    later: [],
  });
  expect(Object.keys(said.changes).sort()).toEqual(["finetune-cost", "serving-base-model"]);
  expect(done.deployments).toEqual([`PUT ${BASE}`]);
  expect(done.writes).toHaveLength(1);
});

it("a deployment type that the model doesn't have by itself stops the preview and `up`, with those that it has", async () => {
  checkout.configure({ "deploy.baseModel.sku": "DeveloperTier" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("blocked");
  expect(said.markdown).toContain(
    "deploy.baseModel.sku \"DeveloperTier\" can't be used: The base model gpt-4o-mini-2024-07-18 can't be deployed untuned",
  );
  expect(said.markdown).toContain("expected Standard, DataZoneStandard, GlobalStandard");
  expect(done.writes).toEqual([]);
  checkout.configure({ "deploy.baseModel.sku": "GlobalStandard" });
});

it("another training leaves it alone", async () => {
  addExample(checkout);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.changes).not.toHaveProperty("serving-base-model");
  expect(done.deployments).toEqual([`DELETE ${TUNED}`, `PUT ${TUNED}`]);
});

it("a training that its room is missing for is not submitted", async () => {
  checkout.configure({ "deploy.baseModel.capacity": 5_000, "hyperparameters.nEpochs": 2 });
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toFail();
  expect(output).toMatch(
    /Not enough quota in northcentralus for a GlobalStandard deployment of the base model with capacity 5000 \(deploy\.baseModel\.capacity\)/,
  );
  checkout.configure({ "deploy.baseModel.capacity": 20, "hyperparameters.nEpochs": undefined });
});

it("removed: it is deleted, and nothing else is touched", async () => {
  checkout.configure({ "deploy.baseModel": undefined });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.markdown).toContain(
    "the base model's deployment will be deleted, and the fine-tuned model's deployment is unchanged",
  );
  expect(Object.keys(said.changes).sort()).toEqual(["finetune-cost", "serving-base-model"]);
  expect(done.writes).toEqual([expect.stringMatching(new RegExp(`^DELETE .*/deployments/${BASE}$`))]);
});

it("with it, destroy deletes everything, the base model's deployment first", async () => {
  checkout.configure({ "deploy.baseModel.enabled": true });
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  const destroyed = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect(destroyed).toSucceed();
  expect(destroyed.output).not.toContain("do not belong to this stack");
  expect(resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment")).toEqual([]);
  expect(await checkout.counters()).toMatchObject({ accounts: 0, deployments: 0 });
});

function failed({ output }: CommandResult): never {
  throw new Error(`The playground ended: ${output}`);
}

/** What the command prints once it listens. */
async function addressIn(stdout: NodeJS.ReadableStream): Promise<{ origin: string; token: string }> {
  const lines = createInterface({ input: stdout });
  for (;;) {
    const [line] = (await once(lines, "line")) as [string];
    const found = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/.exec(line);
    if (found) return { origin: found[1]!, token: found[2]! };
  }
}
