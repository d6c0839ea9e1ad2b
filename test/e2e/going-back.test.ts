import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout } from "./checkout";
import { addExample, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";
import { previewOf, upOf } from "./settings/preview-and-up";

// What a preview says is what `up` does, where data or settings are set back while the account still has the job that they were trained by.
jest.setTimeout(300_000);

const NAME = "gpt-4o-mini-2024-07-18-ft";
let checkout: Checkout;
beforeAll(async () => {
  // What is said of a model that goes; versions.test.ts has those that stay.
  checkout = await deployed({ "retain.versions": 1 });
});
afterAll(() => checkout.close());

interface Trained {
  jobId: string;
  /** Deployed, or refused by the gate. */
  model: string;
}

/** The job that the state has, and its model. */
async function trained(): Promise<Trained> {
  const [model] = resourcesOfType(await checkout.stackState(), finetuneType("TrainedModel"));
  const { jobId, fineTunedModel, candidate } = model!.outputs as Record<string, string>;
  return { jobId: jobId!, model: (fineTunedModel ?? candidate)! };
}

const replaced = (changes: Record<string, { operation: string }>) =>
  Object.keys(changes).filter((name) => changes[name]!.operation === "replace");
const goodbye = ({ model }: Trained) => `The model \`${model}\` will be permanently deleted with its job`;

let serving: Trained;
let dataBack: () => void;

it("from a model that the gate refused to the one that still serves: nothing trains, and the deployment stays", async () => {
  serving = await trained();
  dataBack = addExample(checkout);
  checkout.configure({ "deploy.gate.maxValidationLoss": 0.0001 });
  expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 1, deployments: [] });
  const refused = await trained();
  dataBack();
  checkout.configure({ "deploy.gate.maxValidationLoss": undefined });
  const { said, done } = await previewThenUp(checkout);
  expect(done).toMatchObject({ failed: false, jobs: 0, deployments: [] });
  expect(said.verdict).toBe("changes");
  expect(replaced(said.changes)).toEqual(["finetune-training-file", "finetune-job", "finetune-model"]);
  expect(said.markdown).toContain(
    `No training: the stack adopts \`${serving.jobId}\`, which is already trained; \`${NAME}\` already serves this model and is unchanged.`,
  );
  expect(said.markdown).toContain(goodbye(refused));
  expect(await trained()).toEqual(serving);
});

it("the gate is opened to the refused model instead: the one that served goes with its job", async () => {
  checkout.configure({ "deploy.gate.maxValidationLoss": 0.0001 });
  dataBack = addExample(checkout);
  expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 1, deployments: [] });
  checkout.configure({ "deploy.gate.maxValidationLoss": undefined });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(said.markdown).toContain(
    `The model \`${serving.model}\`, which stays deployed until the switch, will be permanently deleted`,
  );
  expect(done.writes.filter((write) => write.startsWith("DELETE") && write.includes(serving.jobId))).toHaveLength(1);
  serving = await trained();
});

it("from a model that is deployed to one that was kept: it is deployed, for nothing", async () => {
  checkout.configure({ "retain.model": true });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  dataBack();
  expect(await upOf(checkout)).toMatchObject({
    failed: false,
    jobs: 1,
    deployments: [`DELETE ${NAME}`, `PUT ${NAME}`],
  });
  dataBack = addExample(checkout);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(said.markdown).toContain(`The model of \`${serving.jobId}\` that is already trained is deployed; no new job`);
  expect(said.markdown).toContain(`| Deployment: model | replaced | `);
  expect(said.markdown).toContain(`| \`${serving.model}\` |`);
  expect(done.deployments).toEqual([`DELETE ${NAME}`, `PUT ${NAME}`]);
  expect(await trained()).toEqual(serving);
});

it("to one that the gate refuses: the preview stops with its figures, and so does `up`", async () => {
  dataBack();
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  addExample(checkout);
  checkout.configure({ "deploy.gate.maxValidationLoss": 0.0001 });
  const said = await previewOf(checkout);
  const done = await upOf(checkout);
  expect(said.verdict).toBe("blocked");
  const reason =
    /does not pass `deploy\.gate`: its validation loss is [\d.]+, above maxValidationLoss 0\.0001\. The current deployment stays in service\./;
  expect(said.markdown).toMatch(reason);
  expect(done.output).toMatch(reason);
  // The file of that job may be uploaded by then, which costs nothing.
  expect(done).toMatchObject({ failed: true, jobs: 0, deployments: [] });
});

it("without that gate it is deployed", async () => {
  checkout.configure({ "deploy.gate.maxValidationLoss": undefined });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(done).toMatchObject({ failed: false, jobs: 0, deployments: [`DELETE ${NAME}`, `PUT ${NAME}`] });
  expect(await trained()).toEqual(serving);
});
