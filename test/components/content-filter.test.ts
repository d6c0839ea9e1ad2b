import { expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { contentFilters } from "../../catalog";
import { ContentFilter, type ContentFilterArgs } from "../../components";
import { mockProgram, settled } from "../support/mocked-program";

const account = { resourceGroupName: "rg", accountName: "acc", accountId: "account-id" };

async function made(args: Partial<ContentFilterArgs> = {}) {
  const program = await mockProgram();
  const filter = new ContentFilter("filter", { account, ...args });
  await settled();
  return { filter, inputs: program.find("filter-policy").inputs };
}

it("is a policy of the account, complete, under the name that deployments use", async () => {
  const filters = [{ name: "Hate", severityThreshold: "Low" as const }];
  const { filter, inputs } = await made({ filters, tags: { team: "ai" } });
  expect(inputs).toEqual({
    resourceGroupName: "rg",
    accountName: "acc",
    raiPolicyName: "finetune-filter",
    properties: { basePolicyName: "Microsoft.DefaultV2", mode: "Default", contentFilters: contentFilters(filters) },
    tags: { team: "ai" },
  });
  expect(filter.policyName).toBe("finetune-filter");
});

it("has the name and mode that it is given", async () => {
  const { filter, inputs } = await made({ policyName: "strict", mode: "Asynchronous_filter" });
  expect(inputs).toMatchObject({ raiPolicyName: "strict", properties: { mode: "Asynchronous_filter" } });
  expect(filter.policyName).toBe("strict");
});

it("refuses a filter that Azure doesn't have, without a stack trace", async () => {
  await mockProgram();
  let thrown: unknown;
  try {
    new ContentFilter("filter", { account, filters: [{ name: "hate" }] });
  } catch (error) {
    thrown = error;
  }
  expect(pulumi.RunError.isInstance(thrown)).toBe(true);
  expect((thrown as Error).message).toMatch(/^filters\[0\]\.name is "hate"; expected Hate,/);
});
