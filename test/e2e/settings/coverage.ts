import { decidingRows } from "../../dynamic-providers/fine-tuning-job/deciding-rows";
import { accessOff, deploymentOff, roleHolders, rotation, settingsOnly, withoutEffect } from "./rows";

/** Settings that a test changes by itself, each named in the title of its test, by the file below `test/e2e`. */
const byTitle: Record<string, string[]> = {
  "settings-recreate": [
    "hyperparameters.nEpochs",
    "dataset.training",
    "deploy.name",
    "deploy.switch",
    "deploy.checkpoint",
  ],
  "settings-in-place": ["dataset.training"],
  "settings-around": [
    ...["identity.systemAssigned", "identity.userAssigned", "diagnostics.workspaceId", "diagnostics.categories"],
    ...["encryption.keySource", "encryption.keyVaultUri", "encryption.keyName", "encryption.keyVersion"],
    ...["encryption.identityClientId", "network.privateEndpoint.subnetId", "network.privateEndpoint.dnsZones"],
    ...["network.privateEndpoint.location", "transform"],
  ],
  "settings-content-filter": ["contentFilter.name", "contentFilter.mode", "contentFilter.filters"],
  "settings-base-model": ["deploy.baseModel.enabled", "deploy.baseModel.capacity", "deploy.baseModel.sku"],
  versions: ["deploy.version"],
  promotion: ["promote.stack", "promote.version"],
  "settings-evaluation": [
    ...["evaluation.enabled", "evaluation.cases", "evaluation.grader", "evaluation.judges", "evaluation.against"],
    ...["evaluation.minScore", "evaluation.minGain", "evaluation.maxRegressions", "evaluation.confident"],
    ...["evaluation.maxUsd", "evaluation.maxTokens", "evaluation.temporaryCapacity"],
  ],
  "settings-reinforcement": [
    ...["deploy.gate.minReward", "deploy.checkpoint"],
    ...["graderTrial.enabled", "graderTrial.rows", "graderTrial.answers"],
  ],
  "settings-blocked": [
    ...["budget", "deploy.gate", "deploy.checkpoint", "existingJobId", "location", "account.name", "account.protect"],
    "resourceGroupName",
  ],
  "existing-account": ["account.existing", "account.resourceGroupName", "keys.rotateExisting"],
  "account-project": ["account.project"],
  "settings-another-job": ["training.retry", "account.name", "existingJobId"],
};

const rows = [
  ...withoutEffect,
  ...settingsOnly,
  ...accessOff,
  ...deploymentOff,
  rotation,

  roleHolders({ id: "00000000-0000-0000-0000-000000000000", type: "User" }),
];

/** Every setting whose preview is compared with its `up`, by the test that does it. */
export const compared: Record<string, string[]> = {
  "test/e2e/settings.test.ts": rows.map(({ setting }) => setting),
  "test/dynamic-providers/fine-tuning-job/deciding-settings.test.ts": decidingRows.map(({ setting }) => setting),
  ...Object.fromEntries(Object.entries(byTitle).map(([file, settings]) => [`test/e2e/${file}.test.ts`, settings])),
};

/** Settings that tests change by their own code, to be found in those tests' titles. */
export const named = byTitle;
