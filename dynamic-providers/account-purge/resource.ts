import * as pulumi from "@pulumi/pulumi";
import { hiddenDiffs, lateBound, type InputsOf } from "../late-bound";
import type { AccountPurgeArgs } from "./schema";

const provider = lateBound("dynamic-providers/account-purge/handler.ts");

/** Purges the account after its deletion, so that its name is free again. Create it before the account, which must depend on it. */
export class AccountPurge extends pulumi.dynamic.Resource {
  constructor(name: string, args: InputsOf<AccountPurgeArgs>, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, { ...opts, hideDiffs: hiddenDiffs() }, "finetune", "AccountPurge");
  }
}
