/** A resource of a preview, as short as a test needs it. */
export interface StepInput {
  /** Type token, or the name alone of a `finetune` resource. */
  type: string;
  name?: string;
  /** @default "same" */
  op?: string;
  inputs: Record<string, unknown>;
  /** Inputs of the state, where they differ. */
  old?: Record<string, unknown>;
  /** Outputs of the state beside its inputs. */
  outputs?: Record<string, unknown>;
  reasons?: string[];
  /** Name of its FineTunedModel, where there are several. */
  model?: string;
}

/** Output of `pulumi preview --json` with these steps. */
export function digest(steps: StepInput[], diagnostics: { message: string; severity: string }[] = []): string {
  return JSON.stringify({
    config: {},
    steps: steps.map(
      ({ type, name = "resource", op = "same", inputs, old = inputs, outputs = {}, reasons, model }) => ({
        op,
        urn: `urn:pulumi:dev::azure-openai-finetune::finetune:index:Parent$${type.includes(":") ? type : `pulumi-nodejs:dynamic/finetune:${type}`}::${name}`,
        ...(op === "create" ? {} : { oldState: { inputs: old, outputs: { ...old, ...outputs }, ...parentOf(model) } }),
        ...(op === "delete" ? {} : { newState: { inputs, ...parentOf(model) } }),
        replaceReasons: reasons,
      }),
    ),
    diagnostics,
    changeSummary: {},
  });
}

function parentOf(model: string | undefined): { parent?: string } {
  return model === undefined
    ? {}
    : { parent: `urn:pulumi:dev::azure-openai-finetune::finetune:index:FineTunedModel::${model}` };
}
