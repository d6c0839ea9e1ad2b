import type { AccountRecord, DeploymentRecord } from "../../src/world/state";
import type { TestService } from "../../src/testing";

/** A deployment as Resource Manager leaves it in the state, ready and serving at once unless `more` says otherwise. */
export function deploy(
  service: TestService,
  account: AccountRecord,
  name: string,
  model: string,
  more: Partial<DeploymentRecord> = {},
): DeploymentRecord {
  const now = service.world.clock.now();
  const deployment: DeploymentRecord = {
    name,
    fineTuned: model.includes(".ft-"),
    quota: "OpenAI.Standard.gpt-4o-mini",
    sku: { name: "Standard", capacity: 1 },
    model: { format: "OpenAI", name: model, version: "1" },
    properties: {},
    createdAt: now,
    updatedAt: now,
    createdBy: "test",
    updatedBy: "test",
    readyAt: now,
    servingAt: now,
    lastUsedAt: now,
    ...more,
  };
  account.deployments.push(deployment);
  return deployment;
}
