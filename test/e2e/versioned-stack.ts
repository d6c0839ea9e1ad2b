import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout } from "./checkout";

/** A stack that keeps the models it has trained: its register, and what serves. */
export class VersionedStack {
  constructor(readonly checkout: Checkout) {}

  /** The register, e.g. `["2 kept", "1 serving"]`. */
  async register(): Promise<string[]> {
    return (await this.versions()).map(({ version, status }) => `${version} ${status}`);
  }

  async versions(): Promise<ModelVersion[]> {
    const [resource] = resourcesOfType(await this.checkout.stackState(), finetuneType("ModelVersions"));
    return (resource!.outputs as { versions: ModelVersion[] }).versions;
  }

  /** Makes the state one of a release that had no register. */
  async forgetRegister(): Promise<void> {
    const state = await this.checkout.stackState();
    const { urn } = resourcesOfType(state, finetuneType("ModelVersions"))[0]!;
    const resources = state.deployment.resources!.filter((resource) => resource.urn !== urn);
    const without = (urns: string[] = []) => urns.filter((one) => one !== urn);
    for (const resource of resources) {
      resource.dependencies = without(resource.dependencies);
      for (const [name, urns] of Object.entries(resource.propertyDependencies ?? {}))
        resource.propertyDependencies![name] = without(urns);
      for (const properties of [resource.inputs, resource.outputs])
        if (resource.type === finetuneType("FineTuningJob")) delete properties!.register;
    }
    state.deployment.resources = resources;
    this.checkout.replaceState(state);
  }

  /** Outputs of the stack. */
  async outputs(): Promise<Record<string, unknown>> {
    const [own] = resourcesOfType(await this.checkout.stackState(), "pulumi:pulumi:Stack");
    return own!.outputs!;
  }

  rollback(...args: string[]) {
    return this.checkout.run("commands/rollback", "--stack", "local", "--yes", ...args);
  }

  /** Name of the stack's one deployment, and the model in it. */
  async serving() {
    const state = await this.checkout.stackState();
    const [deployment] = resourcesOfType(state, "azure-native:cognitiveservices:Deployment");
    const { deploymentName, properties } = deployment!.inputs as {
      deploymentName: string;
      properties: { model: { name: string } };
    };
    return { deploymentName, model: properties.model.name };
  }
}
