import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type AccountKind, accountKinds } from "../../catalog";
import { checksAccounts } from "../checks";

interface Settings {
  /** Kinds of account. @default ["OpenAI", "AIServices"] */
  kinds?: AccountKind[];
}

const toOpenAi =
  "Remove `account.kind`, or set it to OpenAI; an existing Foundry account can't be changed back, so allow its kind in the rule's `kinds`.";

/** Azure takes no upgrade to a Foundry account back while it is in use; which kind a team has is worth a decision. */
export const accountKind: ResourceValidationPolicy = {
  name: "account-kind",
  description: "The account is of an allowed kind: OpenAI, or AIServices (Foundry).",
  configSchema: {
    properties: {
      kinds: { type: "array", items: { type: "string", enum: [...accountKinds] }, minItems: 1 },
    },
  },
  validateResource: checksAccounts<Settings>()(({ props: { kind }, settings: { kinds = accountKinds } }, report) => {
    if (kind === undefined || kinds.some((allowed) => allowed === kind)) return;
    const fix = kind === "OpenAI" ? `Set \`account.kind\` to ${kinds.join(" or ")}.` : toOpenAi;
    report(`The account is of kind ${kind}; expected ${kinds.join(", ")}.`, fix);
  }),
};
