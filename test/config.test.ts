import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { parseSettings } from "../config";
import type { Method } from "../catalog";
import { settings } from "../config/settings";
import { hyperparameters, hyperparametersOf, METHODS } from "../dynamic-providers/fine-tuning-job/hyperparameters";

interface ProjectFile {
  config: Record<string, { type: string; description: string; default: unknown }>;
}

const project = parse(readFileSync(path.join(__dirname, "..", "Pulumi.yaml"), "utf8")) as ProjectFile;
const stackFile = (stack: string) =>
  parse(readFileSync(path.join(__dirname, "..", `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };

/** Settings as Pulumi hands them over: text as it is, the rest as JSON. */
function asConfig(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function refusal(values: Record<string, unknown>): string {
  try {
    parseSettings(asConfig(values), "dev");
  } catch (error) {
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    return (error as Error).message.split("\n")[0] ?? "";
  }
  throw new Error("accepted");
}

describe("Pulumi.yaml", () => {
  const declared = Object.entries(project.config);

  it("declares exactly the settings that the program reads", () => {
    expect(Object.keys(project.config).sort()).toEqual(Object.keys(settings.shape).sort());
  });

  it.each(declared)("%s has a type, a default and a description", (_name, setting) => {
    expect(["string", "integer", "boolean", "object", "array"]).toContain(setting.type);
    expect(setting.default).toBeDefined();
    expect(setting.description).toMatch(/^[A-Z].{20,}\.$/s);
  });

  it.each(declared)("%s: the default given there is the program's own", (name, setting) => {
    expect(parseSettings(asConfig({ [name]: setting.default }), "dev")).toEqual(parseSettings({}, "dev"));
  });

  it("tells the range of every hyperparameter", () => {
    const told = (method: Method, alone: boolean) =>
      hyperparametersOf(method)
        .filter((name) => (hyperparameters[name].methods.length === 1) === alone)
        .map((name) => `${name} ${hyperparameters[name].value.range}`)
        .join(", ");
    const methods = METHODS.map((method) => `${method} also ${told(method, true)}`).join("; ");
    expect(project.config["hyperparameters"]?.description).toContain(`${told("supervised", false)}; ${methods}.`);
  });

  it.each(declared.filter(([, { type }]) => type === "string"))("%s is text, even if it looks like JSON", (name) => {
    const numeral = parseOrMessage({ [name]: "12345678" });
    expect(numeral).not.toContain(`${name} is 12345678;`);
  });

  it.each(["dev", "local"])("the settings of stack %s are accepted", (stack) => {
    const own = Object.entries(stackFile(stack).config).map(([key, value]) => [key.split(":")[1], value]);
    const config = parseSettings(asConfig(Object.fromEntries(own) as Record<string, unknown>), stack);
    expect(config).toMatchObject({
      resourceGroupName: "ResourceGroup1",
      location: "northcentralus",
      model: "gpt-4o-mini-2024-07-18",
      trainingType: "Standard",
      localAuth: true,
      deploy: { name: "gpt-4o-mini-2024-07-18-ft", sku: "Standard", capacity: 1, switch: "recreate" },
    });
  });
});

it("the settings of stack prod are accepted: keyless, blueGreen, protected, with a budget and a gate", () => {
  const own = Object.entries(stackFile("prod").config).map(([key, value]) => [key.split(":")[1], value]);
  expect(parseSettings(asConfig(Object.fromEntries(own) as Record<string, unknown>), "prod")).toMatchObject({
    localAuth: false,
    account: { protect: true },
    deploy: { switch: "blueGreen", gate: { maxValidationLoss: 1.5 } },
    budget: { maxTrainingUsd: 50, maxHostingUsdPerMonth: 1500 },
  });
});

it.each([
  [{ deploy: { gate: { maxValidationLoss: "0.5" } } }, { deploy: { gate: { maxValidationLoss: 0.5 } } }],
  [{ budget: { maxTrainingUsd: "12.50" } }, { budget: { maxTrainingUsd: 12.5 } }],
  [{ hyperparameters: { learningRateMultiplier: "1e-2" } }, { hyperparameters: { learningRateMultiplier: 0.01 } }],
  [{ hyperparameters: { learningRateMultiplier: "auto" } }, { hyperparameters: { learningRateMultiplier: "auto" } }],
])("fractions may be text, as `pulumi config set --path` writes them: %j", (given, read) => {
  expect(parseSettings(asConfig(given), "dev")).toMatchObject(read);
});

function parseOrMessage(values: Record<string, unknown>): string {
  try {
    return JSON.stringify(parseSettings(asConfig(values), "dev"));
  } catch (error) {
    return (error as Error).message;
  }
}

const reinforcement = { model: "o4-mini", method: "reinforcement", location: "eastus2", grader: { type: "x" } };

describe("wrong settings", () => {
  it.each<[Record<string, unknown>, string]>([
    [
      { trainnig: 1 },
      "trainnig is not a setting. Did you mean training? To remove it, run `pulumi config rm --path trainnig`.",
    ],
    [{ training: { waitMinute: 1 } }, "training.waitMinute is not a setting. Did you mean training.waitMinutes?"],
    [{ training: { waitMinutes: 0 } }, "training.waitMinutes is 0; expected a whole number from 1 to 43200."],
    [{ training: { wait: "no" } }, 'training.wait is "no"; expected true or false.'],
    [{ training: 3 }, "training is 3; expected an object with waitMinutes, wait, retry, paused."],
    [{ resourceGroupName: "a/b" }, 'resourceGroupName is "a/b"; expected 1 to 90 characters (A-Z a-z 0-9 _ . - ( )).'],
    [{ location: "north-central" }, 'location is "north-central"; expected an Azure region such as northcentralus.'],
    [
      { account: { name: "-x" } },
      'account.name is "-x"; expected 2 to 64 characters (A-Z a-z 0-9 _ . -), starting with a letter or digit.',
    ],
    [{ account: { sku: "S1" } }, 'account.sku is "S1"; expected S0.'],
    [
      { network: { publicNetworkAccess: "Maybe" } },
      'network.publicNetworkAccess is "Maybe"; expected Enabled or Disabled.',
    ],
    [{ network: { networkAcls: {} } }, "network.networkAcls.defaultAction is missing; expected Allow or Deny."],
    [{ method: "ppo" }, 'method is "ppo"; expected supervised, dpo or reinforcement.'],
    [{ seed: 2147483648 }, "seed is 2147483648; expected a whole number from -1 to 2147483647."],
    [{ suffix: "ten-letter" }, 'suffix is "ten-letter"; expected at most 9 characters from A-Z a-z 0-9 - _.'],
    [{ suffix: "a.b" }, 'suffix is "a.b"; expected at most 9 characters from A-Z a-z 0-9 - _.'],
    [{ existingJobId: "job-1" }, 'existingJobId is "job-1"; expected the id of a fine-tuning job (ftjob-...).'],
    [{ deploy: { switch: "green" } }, 'deploy.switch is "green"; expected blueGreen, recreate or inPlace.'],
    [{ deploy: { capacity: 0.5 } }, "deploy.capacity is 0.5; expected a whole number from 1."],
    [
      { deploy: { checkpoint: "first" } },
      'deploy.checkpoint is "first"; expected last, best, evaluated or a step number from 1.',
    ],
    [{ deploy: { checkpoint: 0 } }, "deploy.checkpoint is 0; expected last, best, evaluated or a step number from 1."],
    ...[0, 1.5, "last"].map((version): [Record<string, unknown>, string] => [
      { deploy: { version } },
      `deploy.version is ${JSON.stringify(version)}; expected a version number from 1, previous or a job ID (ftjob-...).`,
    ]),
    [
      { deploy: { gate: { minTokenAccuracy: 90 } } },
      "deploy.gate.minTokenAccuracy is 90; expected a number from 0 to 1.",
    ],
    [
      { deploy: { gate: { maxLoss: 1 } } },
      "deploy.gate.maxLoss is not a setting; the fields are maxValidationLoss, minTokenAccuracy, minReward.",
    ],
    [{ budget: { maxTrainingUsd: "much" } }, 'budget.maxTrainingUsd is "much"; expected a number from 0.'],
    [
      { hyperparameters: { learningRateMultiplier: "0" } },
      "hyperparameters.learningRateMultiplier is 0; expected a number greater than 0, or auto.",
    ],
    [{ budget: { maxTrainingUsd: -1 } }, "budget.maxTrainingUsd is -1; expected a number from 0."],
    [
      { roles: { principals: [{ id: "me", type: "User" }] } },
      'roles.principals[0].id is "me"; expected an object id (GUID).',
    ],
    [{ keys: { rotation: -1 } }, "keys.rotation is -1; expected a whole number from 0."],
    [{ dataset: { rules: { x: "fatal" } } }, 'dataset.rules.x is "fatal"; expected error, warning or off.'],
    [{ metadata: { a: "x".repeat(513) } }, 'metadata is {"a":"xxx'],
    [{ integrations: [{ type: "wandb" }] }, "integrations[0].project is missing; expected the name of a project."],
    [
      { hyperparameters: { nEpochs: 51 } },
      "hyperparameters.nEpochs is 51; expected a whole number from 1 to 50, or auto.",
    ],
    [
      { hyperparameters: { beta: 1 } },
      "hyperparameters.beta is not a setting; method supervised has nEpochs, batchSize, ",
    ],
    [
      { grader: { type: "string_check" } },
      'grader is set, but method is "supervised"; remove it, or set method to reinforcement.',
    ],
    [{ method: "reinforcement" }, "grader is missing; method reinforcement needs one"],
    [
      { dataset: { training: "a.jsonl" }, deploy: { gate: { maxValidationLoss: 1 } } },
      "deploy.gate.maxValidationLoss can't be met: without a validation file, there is no validation loss. Set dataset.validation",
    ],
    [
      { ...reinforcement, deploy: { gate: { maxValidationLoss: 1 } } },
      "deploy.gate.maxValidationLoss can't be met: a reinforcement job reports rewards, but no validation loss. Use deploy.gate.minReward instead.",
    ],
    [
      { ...reinforcement, deploy: { gate: { minTokenAccuracy: 0.5 } } },
      "deploy.gate.minTokenAccuracy can't be met: a reinforcement job reports rewards, but no token accuracy. Use deploy.gate.minReward instead.",
    ],
    [
      { deploy: { gate: { minReward: 0.5 } } },
      `deploy.gate.minReward can't be met: only reinforcement jobs report rewards, and method is "supervised". Remove it, or set method`,
    ],
    [
      { ...reinforcement, deploy: { gate: { minReward: "high" } } },
      `deploy.gate.minReward is "high"; expected a number.`,
    ],
    [{ model: "gpt-3" }, `model "gpt-3" can't be used: 'gpt-3' can't be fine-tuned`],
    [
      {
        account: { kind: "OpenAI" },
        model: "Ministral-3B",
        trainingType: "GlobalStandard",
        deploy: { sku: "GlobalStandard" },
      },
      `model "Ministral-3B" can't be used: 'Ministral-3B' can't be fine-tuned: accounts of kind OpenAI don't offer it`,
    ],
    [
      { location: "westeurope" },
      `location "westeurope" can't be used: gpt-4o-mini-2024-07-18 can't be trained in 'westeurope' with training type Standard; expected northcentralus`,
    ],
    [{ trainingType: "Fast" }, `trainingType "Fast" can't be used: 'Fast' is not a training type; expected Standard, `],
    [
      { deploy: { sku: "DeveloperTier" } },
      `deploy.sku "DeveloperTier" can't be used: Models tuned from gpt-4o-mini-2024-07-18 can't be deployed as 'DeveloperTier'`,
    ],
    [
      { deploy: { name: "n".repeat(58) } },
      `deploy.name is "${"n".repeat(58)}"; expected at most 57 characters with deploy.switch blueGreen`,
    ],
    [
      { deploy: { sku: "ProvisionedManaged", capacity: 30 } },
      "deploy.capacity 30 can't be used: ProvisionedManaged capacity for gpt-4o-mini-2024-07-18 comes in steps of 25 throughput units, and 30 is not a multiple of 25; expected 25, 50, 75, ...",
    ],
    [
      { deploy: { baseModel: { enabled: true, sku: "DeveloperTier" } } },
      "deploy.baseModel.sku \"DeveloperTier\" can't be used: The base model gpt-4o-mini-2024-07-18 can't be deployed untuned as 'DeveloperTier' in 'northcentralus'; expected Standard, DataZoneStandard, GlobalStandard.",
    ],
    [
      { model: "gpt-4.1-nano", deploy: { baseModel: { enabled: true } } },
      "can't be deployed untuned as 'Standard' in 'northcentralus'; expected DataZoneStandard, GlobalStandard.",
    ],
    [
      { deploy: { switch: "recreate", name: "GPT-4o-mini-2024-07-18-base", baseModel: { enabled: true } } },
      "which is the name of the base model's deployment. Choose another name.",
    ],
    [{ evaluation: { against: "base" } }, 'evaluation.against is "base"; expected a list such as [serving, base].'],
    [{ evaluation: { maxRegressions: 2 } }, "evaluation.maxRegressions is 2; expected a number from 0 to 1."],
    [
      { deploy: { checkpoint: "evaluated" } },
      "deploy.checkpoint is evaluated, but nothing is evaluated: set evaluation.enabled to true, or deploy.checkpoint to last, best or a step number.",
    ],
    [
      { evaluation: { enabled: true }, dataset: { training: "data/training_set.jsonl" } },
      "evaluation.cases is missing, and there is no validation file to use instead. Set evaluation.cases to a JSONL file.",
    ],
    [{ catalogFile: "no-such.json" }, "catalogFile can't be used: The catalog file 'no-such.json' can't be read"],
  ])("%j: %s", (values, sentence) => {
    expect(refusal({ ...values })).toContain(sentence);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ qwertz: 1 }, "qwertz is not a setting; the settings are resourceGroupName, location, "],
    [{ capacity: 3 }, "capacity is not a setting. Did you mean deploy.capacity?"],
    [{ training: { capacity: 3 } }, "training.capacity is not a setting. Did you mean deploy.capacity?"],
    [{ deploy: { capactiy: 3 } }, "deploy.capactiy is not a setting. Did you mean deploy.capacity?"],
    [{ deploy: { gate: { maxValidationLos: 1 } } }, "Did you mean deploy.gate.maxValidationLoss?"],
    [
      { network: { networkAcls: { defaultAction: "Deny", bypas: "None" } } },
      "Did you mean network.networkAcls.bypass?",
    ],
    [{ localauth: true }, "localauth is not a setting. Did you mean localAuth?"],
    [{ nEpochs: 3 }, "nEpochs is not a setting. Did you mean hyperparameters.nEpochs?"],
    [
      { hyperparameters: { nEpoch: 3 } },
      "hyperparameters.nEpoch is not a setting. Did you mean hyperparameters.nEpochs?",
    ],
    [{ deploy: { baseModel: { capacty: 1 } } }, "Did you mean deploy.baseModel.capacity?"],
    // Part of several settings: none is meant more than another.
    [{ name: "x" }, "name is not a setting; the settings are"],
    // Of another method, and so no misspelling.
    [{ hyperparameters: { bet: 1 } }, "hyperparameters.bet is not a setting; method supervised has nEpochs"],
    [{ method: "supervized" }, "expected supervised, dpo or reinforcement. Did you mean supervised?"],
    [{ deploy: { switch: "bluegreen" } }, "Did you mean blueGreen?"],
    [{ deploy: { checkpoint: "bets" } }, "Did you mean best?"],
    [{ dataset: { rules: { x: "warn" } } }, 'dataset.rules.x is "warn"; expected error, warning or off.'],
    [{ dataset: { rules: { x: "warnin" } } }, "Did you mean warning?"],
    [{ hyperparameters: { nEpochs: "atuo" } }, "Did you mean auto?"],
    [{ deploy: { sku: "Standart" } }, "Did you mean Standard?"],
    [{ model: "gpt-4o-mini-2024-07-81" }, "Did you mean gpt-4o-mini-2024-07-18?"],
    [{ trainingType: "GlobalStandrad" }, "Did you mean GlobalStandard?"],
    [{ location: "northcentrelus" }, "Did you mean northcentralus?"],
  ])("%j names the nearest: %s", (values, sentence) => {
    expect(refusal({ ...values })).toContain(sentence);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ "deploy.capacity": 3 }, "deploy.capacity", "deploy.capacity 3"],
    [{ "deploy.capactiy": 3 }, "deploy.capactiy", "deploy.capacity 3"],
    [{ "dataset.training": "my data.jsonl" }, "dataset.training", "dataset.training <value>"],
  ])("%j was set without --path: how to set it", (values, wrong, right) => {
    const told = (command?: string) => {
      try {
        return parseSettings(asConfig(values), "dev", command) && "accepted";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(told()).toMatch(`"${wrong}" is not a setting: without --path, pulumi treats the dot as part of the name.`);
    expect(told()).toContain(`Run \`pulumi config rm ${wrong}\`, then \`pulumi config set --path ${right}\`.`);
    expect(told("npm run local --")).toContain(`npm run local -- config set --path ${right}`);
    expect(told("npm run local --")).toContain("or with: npm run local -- config set --path <setting> <value>");
  });

  it("all are told at once, with the way out", () => {
    expect(() => parseSettings(asConfig({ seed: "x", method: "ppo" }), "dev")).toThrow(
      /^method .*\nseed .*\nChange it in Pulumi\.dev\.yaml, or with: pulumi config set --path <setting> <value>$/s,
    );
  });
});

describe("settings", () => {
  it("an own training file is never paired with the sample's validation file", () => {
    expect(parseSettings(asConfig({ dataset: { training: "own.jsonl" } }), "dev").dataset).toEqual({
      training: "own.jsonl",
      validation: undefined,
      rules: undefined,
    });
    const rules = { "near-duplicate": "off" };
    expect(parseSettings(asConfig({ dataset: { rules } }), "dev").dataset).toEqual({
      training: "data/training_set.jsonl",
      validation: "data/validation_set.jsonl",
      rules,
    });
  });

  it("a part of an object leaves its other fields at their defaults", () => {
    expect(parseSettings(asConfig({ deploy: { capacity: 5 } }), "dev").deploy).toMatchObject({
      enabled: true,
      capacity: 5,
      switch: "blueGreen",
      checkpoint: "last",
    });
  });

  it.each([
    ["location", "North Central US", "northcentralus"],
    ["seed", -1, undefined],
    ["seed", 0, 0],
    ["suffix", "", undefined],
    ["suffix", "007", "007"],
    ["tags", { costCenter: 42, keep: true }, { costCenter: "42", keep: "true" }],
    ["tags", {}, undefined],
    ["budget", {}, undefined],
    ["metadata", {}, undefined],
    ["hyperparameters", { nEpochs: "auto" }, { nEpochs: "auto" }],
  ] as const)("%s: %j is read as %j", (name, given, expected) => {
    expect(parseSettings(asConfig({ [name]: given }), "dev")[name]).toEqual(expected);
  });
});
