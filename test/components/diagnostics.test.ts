import { expect, it } from "@jest/globals";
import { type DiagnosticCategory, Diagnostics } from "../../components";
import { mockProgram, settled } from "../support/mocked-program";

const workspaceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";
const on = (category: string) => ({ category, enabled: true });

it.each<[string, DiagnosticCategory[] | undefined, string[], string[]]>([
  ["everything", undefined, ["Audit", "RequestResponse", "AzureOpenAIRequestUsage", "Trace"], ["AllMetrics"]],
  ["logs alone", ["Audit"], ["Audit"], []],
  ["metrics alone", ["AllMetrics"], [], ["AllMetrics"]],
])("sends %s to the workspace", async (_what, categories, logs, metrics) => {
  const program = await mockProgram();
  new Diagnostics("diagnostics", { account: { accountId: "account-id" }, workspaceId, categories });
  await settled();
  expect(program.find("diagnostics-setting")).toMatchObject({
    type: "azure-native:monitor:DiagnosticSetting",
    inputs: { name: "finetune", resourceUri: "account-id", workspaceId, logs: logs.map(on), metrics: metrics.map(on) },
  });
});
