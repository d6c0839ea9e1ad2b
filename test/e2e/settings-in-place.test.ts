import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Checkout } from "./checkout";
import { addExample, applySettings, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";
import { previewOf, upOf } from "./settings/preview-and-up";

// What a preview says is what `up` does: `deploy.switch` inPlace, and both ways between it and the other two modes.
jest.setTimeout(300_000);

const NAME = "gpt-4o-mini-2024-07-18-ft";
let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed({ "deploy.switch": "inPlace" });
  await applySettings(checkout);
});
afterAll(() => checkout.close());

it("from inPlace to recreate: the deployment stays", async () => {
  checkout.configure({ "deploy.switch": "recreate" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(done.writes).toEqual([]);
});

it("from recreate to inPlace: the deployment stays", async () => {
  checkout.configure({ "deploy.switch": "inPlace" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.markdown).toContain("**Changes settings.** No training, no new deployment.");
  expect(done.writes).toEqual([]);
});

it("from inPlace to blueGreen: the new name first", async () => {
  checkout.configure({ "deploy.switch": "blueGreen" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(done.deployments).toEqual([expect.stringMatching(/^PUT .+-ft-\w{6}$/), `DELETE ${NAME}`]);
});

it("from blueGreen to inPlace: the new name first", async () => {
  checkout.configure({ "deploy.switch": "inPlace" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(done.deployments).toEqual([`PUT ${NAME}`, expect.stringMatching(/^DELETE .+-ft-\w{6}$/)]);
});

it("dataset.training, in inPlace: trains again, and Azure may refuse another model in the same deployment", async () => {
  addExample(checkout);
  const said = await previewOf(checkout);
  const done = await upOf(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.markdown).toContain(
    "the deployment changes to the new model, where Azure allows that (`deploy.switch` is",
  );
  expect(done.plan).toEqual(said.plan);
  // What is on record of Azure, and what the rehearsal does: the model is trained and kept, the deployment refused.
  expect(done).toMatchObject({ failed: true, jobs: 1, deployments: [] });
  expect(done.output).toMatch(/CannotChangeDeploymentModel[^]*set deploy\.switch to blueGreen or/);
});

it("the way out that both name: blueGreen serves the model that is trained, and pays nothing", async () => {
  checkout.configure({ "deploy.switch": "blueGreen" });
  const said = await previewOf(checkout);
  const done = await upOf(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(done.plan).toEqual(said.plan);
  expect(done).toMatchObject({ failed: false, jobs: 0 });
  expect(done.deployments).toEqual([expect.stringMatching(/^PUT .+-ft-\w{6}$/), `DELETE ${NAME}`]);
});
