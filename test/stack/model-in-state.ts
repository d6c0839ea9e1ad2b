import { ACCOUNT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import type { StackExport, StackResource } from "../../stack/stack-state";

const urn = (type: string, name: string) => `urn:pulumi:dev::tutors::${type}::${name}`;
const dynamic = (type: string) => `pulumi-nodejs:dynamic/finetune:${type}`;

function resource(type: string, name: string, parent: string | undefined, outputs: object, needs: string[] = []) {
  const propertyDependencies = { fineTunedModel: needs };
  return { urn: urn(type, name), type, parent, inputs: outputs, outputs, propertyDependencies } as StackResource;
}

/** One of several models of a program, and the deployments that serve it. */
export function oneOfSeveral(name: string, ...deployments: string[]): StackResource[] {
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
      resource(dynamic("ChatProbe"), `p-${name}-${index}`, owner.urn, {
        ...{ deploymentName, fineTunedModel: `model-${name}` },
        ...{ question: `Who is the ${name}?`, answer: "A model." },
      }),
    ];
  });
  return [component, job, trained, ...serving];
}

/** What is to serve a model, before it serves one. */
export function notServing(name: string): StackResource[] {
  return [resource("finetune:index:ModelDeployment", name, undefined, {})];
}

/** The same with a register of versions between the model and its deployments, as states have it since there is one. */
export function withRegister(model: StackResource[], versions: object[] = []): StackResource[] {
  const trained = model.find(({ type }) => type === dynamic("TrainedModel"))!;
  const register = resource(dynamic("ModelVersions"), "versions", trained.parent, { versions }, [trained.urn]);
  register.urn = trained.urn.replace("TrainedModel", "ModelVersions");
  const through = model.map((one) => ({
    ...one,
    propertyDependencies: { fineTunedModel: one.parent === trained.parent ? [] : [register.urn] },
  }));
  return [...through, register];
}

const account = { location: "northcentralus", name: "tutors" };

/** A stack that has some models on one account. */
export function stateOf(...models: StackResource[][]): StackExport {
  return {
    deployment: {
      resources: [
        { ...resource(ACCOUNT_TYPE, "openai-account", undefined, account), id: "/accounts/tutors" },
        ...models.flat(),
      ],
    },
  };
}
