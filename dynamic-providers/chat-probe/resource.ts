import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { ChatProbeArgs, ChatProbeState } from "./schema";

const provider = lateBound("dynamic-providers/chat-probe/handler.ts");
/** Known only after the service has answered. */
const outputs = {
  answer: undefined,
  answeredBy: undefined,
  latencyMs: undefined,
  promptTokens: undefined,
  completionTokens: undefined,
};

/** A chat call that proves that a deployment answers, repeated until it does. */
export class ChatProbe extends pulumi.dynamic.Resource {
  declare readonly answer: pulumi.Output<ChatProbeState["answer"]>;
  declare readonly answeredBy: pulumi.Output<ChatProbeState["answeredBy"]>;
  declare readonly latencyMs: pulumi.Output<ChatProbeState["latencyMs"]>;
  declare readonly promptTokens: pulumi.Output<ChatProbeState["promptTokens"]>;
  declare readonly completionTokens: pulumi.Output<ChatProbeState["completionTokens"]>;

  constructor(name: string, args: InputsOf<ChatProbeArgs>, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { ...outputs, ...args },
      { ...opts, hideDiffs: hiddenDiffs(outputs) },
      "finetune",
      "ChatProbe",
    );
  }
}
