import { afterEach, beforeEach, expect, it } from "@jest/globals";
import {
  MOST_TUNED_DEPLOYMENTS,
  requireDeploymentSlot,
} from "../../../dynamic-providers/fine-tuning-job/deployment-slots";
import { deploy, rehearse, type Rehearsal } from "../../support/rehearsal";

const MODEL = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-test";
let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});
afterEach(() => rehearsal.close());

const fill = (count: number, model = MODEL) => {
  for (let number = 0; number < count; number++) deploy(rehearsal, `theirs-${number}`, model);
};
const asked = { sku: "Standard", capacity: 1 };
const require = (more: { owner?: string; deployment?: typeof asked & { takesPlaceOf?: string } } = {}) =>
  requireDeploymentSlot(rehearsal.newProcess(), {
    accountId: rehearsal.accountId,
    ...{ owner: "project/one", deployment: asked },
    ...more,
  });

it("stops before anything is paid where the deployments of others fill the account, and names them", async () => {
  fill(MOST_TUNED_DEPLOYMENTS);
  await expect(require()).rejects.toThrow(
    /The account Tuning has 10 of 10 deployments of fine-tuned models \(theirs-0, .+theirs-9\), so the new model could not be deployed\. /,
  );
});

it.each<[string, () => Promise<void>]>([
  ["there is room for one more", () => (fill(MOST_TUNED_DEPLOYMENTS - 1), require())],
  [
    "one of them makes room",
    () => (fill(MOST_TUNED_DEPLOYMENTS), require({ deployment: { ...asked, takesPlaceOf: "Theirs-3" } })),
  ],
  ["they serve base models", () => (fill(MOST_TUNED_DEPLOYMENTS, "gpt-4o-mini"), require())],
  ["nothing is deployed", () => (fill(MOST_TUNED_DEPLOYMENTS), require({ deployment: undefined }))],
  ["the account is the stack's own", () => (fill(MOST_TUNED_DEPLOYMENTS), require({ owner: undefined }))],
  [
    "nobody may look",
    () => {
      fill(MOST_TUNED_DEPLOYMENTS);
      rehearsal.proxy.disturb("GET", /\/deployments/, { status: 403, code: "AuthorizationFailed" });
      return require();
    },
  ],
])("goes on where %s", async (_what, run) => {
  await expect(run()).resolves.toBeUndefined();
});
