import { writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { cloudCommands, rehearsalCommands } from "../../../commands/plan/next-commands";
import { runWithSummary } from "../../../commands/plan/run";
import type { RawState } from "../../../stack/up-events";
import type { EngineEvent } from "../../../stack/up-events";

const urn = "urn:pulumi:local::azure-openai-finetune::finetune:index:P$azure-native:cognitiveservices:Account::account";
const type = "azure-native:cognitiveservices:Account";
const change: EngineEvent = {
  resourcePreEvent: {
    metadata: { op: "update", urn, type, old: { inputs: { tags: {} } }, new: { inputs: { tags: { a: "b" } } } },
  },
};

const outputs = { AZURE_OPENAI_ENDPOINT: "https://a.example", fineTunedModel: "m", lineage: {} };
const stackOutputs: EngineEvent = {
  resOutputsEvent: { metadata: { op: "update", urn: "", type: "pulumi:pulumi:Stack", new: { outputs } } },
};

const state = {
  deployment: {
    resources: [
      {
        ...{ urn, type: "azure-native:cognitiveservices:Deployment" },
        inputs: { accountName: "Tuning", deploymentName: "tutor" },
      },
    ],
  },
};

/** A pulumi that answers with these events, run by run, and answers to our question. */
function surroundings(runs: { code?: number; events: EngineEvent[] }[], answers: (string | undefined)[]) {
  const ran: string[][] = [];
  const modes: (string | undefined)[] = [];
  const shown: string[] = [];
  return {
    ran,
    modes,
    shown,
    whyNotDeleted: () => Promise.resolve<string | undefined>(undefined),
    env: {},
    next: cloudCommands,
    columns: () => undefined,
    terminal: true,
    today: () => new Date("2026-11-23"),
    show: (text: string) => void shown.push(text.replace(/\u001b\[\d+m/g, "")),
    ask: (question: string) => {
      shown.push(question);
      return Promise.resolve(answers.shift());
    },
    pulumi: (args: string[], output?: string) => {
      if (args[0] === "stack") return Promise.resolve({ code: 0, stdout: JSON.stringify(state), stderr: "" });
      ran.push(args);
      modes.push(output);
      const { code = 0, events } = runs.shift()!;
      const at = args.indexOf("--event-log");
      if (at < 0) return Promise.resolve({ code, stdout: "", stderr: "" });
      const log = args[at + 1]!;
      writeFileSync(log, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      return Promise.resolve({ code, stdout: "", stderr: "" });
    },
  };
}
/** Without the paths of the temporary folder. */
const flags = (args: string[]) => args.filter((arg) => !arg.startsWith("/"));

it("a preview ends with what it means", async () => {
  const around = surroundings([{ events: [change] }], []);
  expect(await runWithSummary(["preview", "--diff"], around)).toBe(0);
  expect(around.ran.map(flags)).toEqual([["preview", "--suppress-outputs", "--event-log", "--diff"]]);
  expect(around.shown).toEqual([expect.stringMatching(/^Stack local: Changes settings\. No training/)]);
});

it("an up is previewed, explained, asked, and held to what was shown", async () => {
  const around = surroundings([{ events: [change] }, { events: [change, stackOutputs] }], ["y", "details", "yes"]);
  expect(await runWithSummary(["up", "--diff"], around)).toBe(0);
  expect(around.ran.map(flags)).toEqual([
    ["preview", "--suppress-outputs", "--event-log", "--save-plan", "--diff"],
    ["up", "--suppress-outputs", "--event-log", "--yes", "--skip-preview", "--plan", "--diff"],
  ]);
  expect(around.modes).toEqual(["without plan message", undefined]);
  const [preview, up] = around.ran as [string[], string[]];
  expect(up[up.indexOf("--plan") + 1]).toBe(preview[preview.indexOf("--save-plan") + 1]);
  expect(around.shown).toEqual([
    expect.stringContaining("Changes settings"),
    expect.stringContaining("Perform this update?"),
    expect.stringContaining("the whole word"),
    expect.stringContaining("Perform this update?"),
    "  Account: tags  changed  0 -> 1",
    expect.stringContaining("Perform this update?"),
    [
      "This run trained nothing: it changed settings.",
      "  endpoint https://a.example",
      "  model    m",
      "  outputs  pulumi stack output --stack local",
    ].join("\n"),
  ]);
});

it.each([[["up", "--yes"]], [["up", "--yes", "--skip-preview"]], [["up", "-f"]], [["update"], false]])(
  "%j (terminal: %s) asks nothing, and says at its end what it did",
  async (args, terminal = true) => {
    const around = { ...surroundings([{ events: [change, stackOutputs] }], []), terminal };
    expect(await runWithSummary(args, around)).toBe(0);
    expect(around.ran.map(flags)).toEqual([[args[0], "--suppress-outputs", "--event-log", ...args.slice(1)]]);
    expect(around.shown).toEqual([expect.stringMatching(/^This run trained nothing: it changed settings\.\n/)]);
  },
);

it("an up that failed has no summary", async () => {
  const around = surroundings([{ code: 255, events: [change] }], []);
  expect(await runWithSummary(["up", "--yes"], around)).toBe(255);
  expect(around.shown).toEqual([]);
});

/** The deletion of a stack that has trained. */
const gone = (of: string, name: string, old: { inputs?: object; outputs?: object }): EngineEvent => ({
  resourcePreEvent: {
    metadata: {
      op: "delete",
      urn: `urn:pulumi:dev::azure-openai-finetune::${of}::${name}`,
      type: of,
      old: old as RawState,
      new: null,
    },
  },
});
const dynamic = (name: string) => `pulumi-nodejs:dynamic/finetune:${name}`;
const deletions = [
  gone("azure-native:cognitiveservices:Deployment", "serving", { inputs: { deploymentName: "ft" } }),
  gone(dynamic("FineTuningJob"), "job", { outputs: { jobId: "ftjob-1" } }),
  gone(dynamic("TrainedModel"), "model", { outputs: { fineTunedModel: "m1" } }),
  gone(dynamic("TrainingFile"), "file", { outputs: { fileId: "file-1", remoteName: "t.jsonl" } }),
  gone(dynamic("AccountPurge"), "purge", {}),
  gone(type, "account", { inputs: { accountName: "acc", resourceGroupName: "rg" } }),
  gone("pulumi:pulumi:Stack", "stack", {}),
];

it("a destroy says before it asks what is gone for good, and at its end what is left and what comes next", async () => {
  const around = surroundings([{ events: deletions }, { events: deletions }], ["yes"]);
  expect(await runWithSummary(["destroy", "--remove", "--diff"], around)).toBe(0);
  expect(around.ran.map(flags)).toEqual([
    ["destroy", "--suppress-outputs", "--event-log", "--preview-only", "--diff"],
    ["destroy", "--suppress-outputs", "--event-log", "--yes", "--skip-preview", "--remove", "--diff"],
  ]);
  expect(`\n${around.shown.join("\n--\n")}\n`).toMatchSnapshot();
});

it("a destroy of what settings keep says what is left", async () => {
  const kept = [
    gone(dynamic("FineTuningJob"), "job", { inputs: { retain: { model: true } }, outputs: { jobId: "ftjob-1" } }),
    gone(dynamic("TrainingFile"), "file", {
      inputs: { retain: true },
      outputs: { fileId: "f", remoteName: "t.jsonl" },
    }),
    gone(dynamic("AccountPurge"), "purge", { inputs: { keep: true, location: "westus" } }),
    gone(type, "account", { inputs: { accountName: "acc", resourceGroupName: "rg" } }),
  ];
  const around = surroundings([{ events: kept }, { events: kept }], ["yes"]);
  expect(await runWithSummary(["destroy"], around)).toBe(0);
  expect(`\n${around.shown.join("\n--\n")}\n`).toMatchSnapshot();
});

it("after a destroy that leaves the account restorable, the rehearsal names no az and no start from nothing", () => {
  const held = { accountName: "acc", resourceGroupName: "rg", location: "westus", until: "2026-11-25" };
  expect(rehearsalCommands.afterDestroy("local", [held]).join("\n")).toMatch(
    /^the account name acc is taken until 2026-11-25; set another `account\.name` before npm start, or delete the folder \.local(?!.*\baz\b)/,
  );
});

it("of an empty stack, pulumi asks", async () => {
  const around = surroundings([{ events: [] }, { events: [] }], []);
  expect(await runWithSummary(["destroy"], around)).toBe(0);
  expect(around.ran[1]).toEqual(["destroy"]);
});

it.each([["no"], ["n"], [undefined]])("an up is not run when the answer is %s", async (answer) => {
  const around = surroundings([{ events: [change] }], [answer]);
  expect(await runWithSummary(["up"], around)).toBe(1);
  expect(around.ran).toHaveLength(1);
  expect(around.shown.at(-1)).toBe("Nothing was changed.");
});

it("a preview that failed asks nothing, and says why at its end", async () => {
  const message = "<{%reset%}>model is refused: 'x' can't be fine-tuned<{%reset%}>\n";
  const around = surroundings([{ code: 255, events: [{ diagnosticEvent: { severity: "error", message } }] }], []);
  expect(await runWithSummary(["up"], around)).toBe(255);
  expect(around.ran).toHaveLength(1);
  expect(around.shown).toEqual([
    "Blocked. The preview failed; nothing can be deployed as it stands.\n  because  model is refused: 'x' can't be fine-tuned",
  ]);
});

it("a command line that pulumi refuses is left to pulumi's own words", async () => {
  const around = surroundings([{ code: 255, events: [] }], []);
  expect(await runWithSummary(["preview", "--nonsense"], around)).toBe(255);
  expect(around.shown).toEqual([]);
});

it("an up that meets another plan than the one shown says so last", async () => {
  const violation: EngineEvent = {
    diagnosticEvent: {
      urn,
      severity: "error",
      message: `resource ${urn} violates plan: properties changed: =~tags[{x}]`,
    },
  };
  const around = surroundings([{ events: [change] }, { code: 255, events: [violation] }], ["yes"]);
  expect(await runWithSummary(["up"], around)).toBe(255);
  expect(around.shown.at(-1)).toMatch(
    /^Since the preview, something has changed: account: tags differ\. Nothing was changed/,
  );
});

describe("a model that did not pass its evaluation, as the preview knows", () => {
  const why = "Version 2 did not pass its evaluation.";
  const step = (name: string, op: string): EngineEvent => ({
    resourcePreEvent: {
      metadata: {
        ...{ op, urn: `urn:pulumi:local::p::finetune:index:P$${dynamic(name)}::x`, type: dynamic(name) },
        ...{ old: { inputs: {} }, new: { inputs: { rejected: why } } },
      },
    },
  });
  const rejected = [step("ModelVersions", "same"), step("ReleaseGate", "update")];

  it.each([
    ["alone", rejected, /^Stack local: Rejected\. Version 2 did not pass/],
    [
      "beside a change",
      [change, ...rejected],
      /^Stack local: Rejected; changes settings\.[^]*\n {2}error {4}`up` ends with an error/,
    ],
  ])("%s: the preview ends with an error, as `up` would", async (_name, events, says) => {
    const around = surroundings([{ events }], []);
    expect(await runWithSummary(["preview"], around)).toBe(1);
    expect(around.shown).toEqual([expect.stringMatching(says)]);
  });

  it("an `up` asks, since it may make other changes first", async () => {
    const around = surroundings([{ events: [change, ...rejected] }, { code: 255, events: [] }], ["yes"]);
    expect(await runWithSummary(["up"], around)).toBe(255);
    expect(around.ran.map(([command]) => command)).toEqual(["preview", "up"]);
  });
});

describe("models that other accounts serve", () => {
  const why = "Models of this stack were promoted to other accounts. Nothing has been deleted.";
  const register = { accountId: "/accounts/a", retain: { versions: 3 }, versions: [{ version: 1, jobId: "ftjob-1" }] };
  const removal = gone(dynamic("ModelVersions"), "tutor-versions", { outputs: register });
  const asked: unknown[][] = [];
  beforeEach(() => void asked.splice(0));
  const promoted = (runs: Parameters<typeof surroundings>[0], said: string | undefined = why) => ({
    ...surroundings(runs, ["yes"]),
    whyNotDeleted: (...question: unknown[]) => {
      asked.push(question.slice(1));
      return Promise.resolve<string | undefined>(said);
    },
  });

  it.each([
    [["destroy"]],
    [["destroy", "--yes"]],
    [["destroy", "--stack", "dev", "--preview-only"]],
    [["destroy", "--preview-only", "--json", "--non-interactive"]],
    [["down"]],
  ])("%j is refused before pulumi lists anything", async (args) => {
    const around = promoted([{ events: deletions }]);
    await expect(runWithSummary(args, around)).rejects.toThrow(why);
    expect(around.ran).toEqual([]);
    expect(around.shown).toEqual([]);
    expect(asked).toEqual([[undefined]]);
  });

  it("a destroy asks once, of all that the stack has", async () => {
    const around = { ...promoted([{ events: [removal] }, { events: [removal] }]) };
    around.whyNotDeleted = (_target: unknown, registers?: unknown) => (
      asked.push([registers]),
      Promise.resolve(undefined)
    );
    expect(await runWithSummary(["destroy"], around)).toBe(0);
    expect(asked).toEqual([[undefined]]);
  });

  it.each([[["destroy", "--yes", "--skip-preview"]], [["destroy", "--yes", "--target", urn]], [["up", "--yes"]]])(
    "%j is left to the handlers, which ask before they delete",
    async (args) => {
      const around = promoted([{ events: [change] }]);
      expect(await runWithSummary(args, around)).toBe(0);
      expect(asked).toEqual([]);
    },
  );

  it("a preview that takes them out of the program is blocked, as its `up` would stop in the middle", async () => {
    const around = promoted([{ events: [change, removal] }]);
    expect(await runWithSummary(["preview"], around)).toBe(1);
    expect(asked).toEqual([[[register]]]);
    expect(around.shown).toEqual([
      `Stack local: Blocked. The preview failed; nothing can be deployed as it stands.\n  because  ${why}`,
    ]);
  });

  it("so is one that makes their register anew in another account", async () => {
    const replaced = (op: string, old: RawState): EngineEvent => ({
      resourcePreEvent: { metadata: { ...removal.resourcePreEvent!.metadata, op, old, new: { inputs: {} } } },
    });
    const events = [replaced("create-replacement", {}), replaced("delete-replaced", { outputs: register })];
    expect(await runWithSummary(["preview"], promoted([{ events }]))).toBe(1);
    expect(asked).toEqual([[[register]]]);
  });

  it("an `up` that takes them out is not asked for", async () => {
    const around = promoted([{ events: [change, removal] }]);
    expect(await runWithSummary(["up"], around)).toBe(1);
    expect(around.ran.map(([command]) => command)).toEqual(["preview"]);
  });

  it("a model that nobody else serves may go", async () => {
    const around = promoted([{ events: [change, removal] }], undefined);
    around.whyNotDeleted = () => Promise.resolve(undefined);
    expect(await runWithSummary(["preview"], around)).toBe(0);
  });

  it("the stack that the command line names is read", async () => {
    const around = surroundings([{ events: [], code: 255 }], []);
    const { whyNotDeleted: _, ...reading } = around;
    await runWithSummary(["destroy", "--stack", "dev", "--preview-only"], {
      ...reading,
      pulumi: (args: string[]) => (
        around.ran.push(args),
        Promise.resolve({ code: 255, stdout: "", stderr: "no stack" })
      ),
    });
    expect(around.ran[0]).toEqual(["stack", "export", "--stack", "dev"]);
    expect(around.ran[1]?.[0]).toBe("destroy");
  });
});

it("a destroy is told which deployments the state has, and is not summed up as an up that a rejected model ends", async () => {
  const message = "The account Tuning still has deployments that do not belong to this stack: search.";
  const gate =
    "urn:pulumi:s::p::finetune:index:ModelDeployment$pulumi-nodejs:dynamic/finetune:ReleaseGate::serving-gate";
  const around = surroundings(
    [{ code: 1, events: [{ diagnosticEvent: { urn: gate, severity: "error", message } }] }],
    [],
  );
  expect(await runWithSummary(["destroy", "--yes"], around)).toBe(1);
  expect(around.env).toEqual({ FINETUNE_DEPLOYMENTS_IN_STATE: '["tuning/tutor"]' });
  expect(around.shown.join("\n")).not.toContain("did not pass its evaluation");
});
