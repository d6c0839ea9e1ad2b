import type * as DiagnosticSettingModule from "@pulumi/azure-native/monitor/diagnosticSetting";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../program/transforms";
import { AccountAddition } from "./account-addition";
import type { AccountReference } from "./openai-account";

/** Categories of an account's logs (Microsoft's Bicep samples, 2026); `AllMetrics` are its metrics. */
export const DIAGNOSTIC_CATEGORIES = [
  "Audit",
  "RequestResponse",
  "AzureOpenAIRequestUsage",
  "Trace",
  "AllMetrics",
] as const;
export type DiagnosticCategory = (typeof DIAGNOSTIC_CATEGORIES)[number];

export interface DiagnosticsArgs {
  /** The stack's own account. */
  account: Pick<AccountReference, "accountId">;
  /** ARM ID of the Log Analytics workspace. */
  workspaceId: string;
  /** @default all of DIAGNOSTIC_CATEGORIES */
  categories?: readonly DiagnosticCategory[];
}

/**
 * Sends an account's logs and metrics to a Log Analytics workspace. It is deleted before the account: a setting that outlives its account
 * applies again to a new one of the same name.
 *
 * @example
 * ```ts
 * const diagnostics = new Diagnostics("diagnostics", { account, workspaceId, categories: ["Audit", "AllMetrics"] });
 * ```
 */
export class Diagnostics extends AccountAddition {
  constructor(name: string, args: DiagnosticsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("finetune:index:Diagnostics", name, {}, opts);
    const { account, workspaceId, categories = DIAGNOSTIC_CATEGORIES } = args;
    // Loaded where it is made: most programs make none.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const monitor = require("@pulumi/azure-native/monitor/diagnosticSetting") as typeof DiagnosticSettingModule;
    const rows = (metrics: boolean) =>
      categories.filter((one) => (one === "AllMetrics") === metrics).map((category) => ({ category, enabled: true }));
    new monitor.DiagnosticSetting(
      `${name}-setting`,
      transformed("diagnosticSetting", `${name}-setting`, {
        ...{ name: "finetune", resourceUri: account.accountId, workspaceId },
        ...{ logs: rows(false), metrics: rows(true) },
      }),
      { parent: this },
    );
    this.registerOutputs();
  }
}
