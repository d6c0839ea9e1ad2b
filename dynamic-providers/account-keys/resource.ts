import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { AccountKeysArgs, AccountKeysState } from "./schema";

const provider = lateBound("dynamic-providers/account-keys/handler.ts");
/** Known only after the service has answered. */
const outputs = { key1: undefined, key2: undefined, inUse: undefined, primary: undefined, secondary: undefined };

/** The two keys of an account, as secrets. */
export class AccountKeys extends pulumi.dynamic.Resource {
  declare readonly key1: pulumi.Output<AccountKeysState["key1"]>;
  declare readonly key2: pulumi.Output<AccountKeysState["key2"]>;
  declare readonly inUse: pulumi.Output<AccountKeysState["inUse"]>;
  declare readonly primary: pulumi.Output<AccountKeysState["primary"]>;
  declare readonly secondary: pulumi.Output<AccountKeysState["secondary"]>;

  constructor(name: string, args: InputsOf<AccountKeysArgs>, opts?: pulumi.CustomResourceOptions) {
    super(
      provider,
      name,
      { ...outputs, ...args },
      { ...opts, hideDiffs: hiddenDiffs(outputs), additionalSecretOutputs: ["key1", "key2", "primary", "secondary"] },
      "finetune",
      "AccountKeys",
    );
  }
}
