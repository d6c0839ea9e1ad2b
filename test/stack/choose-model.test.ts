import { describe, expect, it } from "@jest/globals";
import { chooseModel, stackChoices } from "../../stack/choose-model";
import { stackModels } from "../../stack/stack-models";
import type { StackResource } from "../../stack/stack-state";

const urn = (type: string, name: string) => `urn:pulumi:dev::tutors::${type}::${name}`;
const dynamic = (type: string) => `pulumi-nodejs:dynamic/finetune:${type}`;

function resource(type: string, name: string, parent: string | undefined, outputs: object, needs: string[] = []) {
  const propertyDependencies = { fineTunedModel: needs };
  return { urn: urn(type, name), type, parent, inputs: outputs, outputs, propertyDependencies } as StackResource;
}

/** A model, and the deployments that serve it. */
function model(name: string, ...deployments: string[]): StackResource[] {
  const component = resource("finetune:index:FineTunedModel", name, undefined, {});
  const trained = resource(dynamic("TrainedModel"), `${name}-model`, component.urn, {
    ...{ jobId: `ftjob-${name}`, checkpoint: "last", fineTunedModel: `model-${name}` },
  });
  const job = resource(dynamic("FineTuningJob"), `${name}-job`, component.urn, { jobId: `ftjob-${name}` });
  const serving = deployments.flatMap((deploymentName, index) => {
    const owner = resource("finetune:index:ModelDeployment", `serving-${name}-${index}`, undefined, {});
    const properties = { model: { name: `model-${name}` } };
    const served = { deploymentName, name: deploymentName, properties };
    return [
      owner,
      resource("azure-native:cognitiveservices:Deployment", `d-${name}-${index}`, owner.urn, served, [trained.urn]),
    ];
  });
  return [component, job, trained, ...serving];
}

const state = (...resources: StackResource[][]) => ({ deployment: { resources: resources.flat() } });
const two = state(model("tutor", "tutor-1a2b3c"), model("critic"));

describe("the model that a command is about", () => {
  it.each([
    ["tutor", "ftjob-tutor"],
    ["tutor-1a2b3c", "ftjob-tutor"],
    ["critic", "ftjob-critic"],
  ])("--model %s", (named, jobId) => {
    const { job, model: trained, deployment } = stackModels(chooseModel(two, "dev", named));
    expect([job?.jobId, trained?.jobId]).toEqual([jobId, jobId]);
    expect(deployment?.name).toBe(named === "critic" ? undefined : "tutor-1a2b3c");
  });

  it.each([
    [
      two,
      undefined,
      "stack dev has 2 models: critic (not deployed), tutor (deployment tutor-1a2b3c). Choose one with --model, e.g. --model critic.",
    ],
    [two, "judge", 'stack dev has no model "judge"; it has critic (not deployed), tutor (deployment tutor-1a2b3c).'],
    [state(), "judge", 'stack dev has no model "judge"; it has none.'],
    [
      state(model("tutor", "last", "best")),
      "tutor",
      "stack dev has 2 deployments of tutor: tutor (deployment last), tutor (deployment best). Choose one with --model and the name of a deployment.",
    ],
  ])("is asked for in one sentence", (given, named, message) => {
    expect(() => chooseModel(given, "dev", named)).toThrow(message);
  });

  it.each([[state()], [state(model("tutor"))], [state(model("tutor", "tutor"))]])("needs no name: %#", (given) => {
    expect(chooseModel(given, "dev")).toBe(given);
    expect(stackChoices(given).length).toBeLessThan(2);
  });
});
