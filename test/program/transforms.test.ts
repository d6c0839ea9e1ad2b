import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { OpenAiAccount, PrivateEndpoint } from "../../components";
import { loadTransforms } from "../../program/load-transforms";
import { checkedTransforms, setTransforms, type Transforms } from "../../program/transforms";
import { mockProgram, settled } from "../support/mocked-program";

const FILE = "transform.ts";
const functions = { "azure-native:cognitiveservices:getAccount": { properties: { endpoint: "x" } } };
const args = { subscriptionId: "s", resourceGroupName: "rg", location: "northcentralus", accountName: "acc" };

async function accountWith(transforms: Transforms) {
  const program = await mockProgram(functions);
  setTransforms(transforms, FILE);
  new OpenAiAccount("openai", args);
  await settled();
  return program;
}

afterEach(() => setTransforms());

it("is asked for each azure-native resource that a component makes", () => {
  const sources = readdirSync("components").map((file) => readFileSync(path.join("components", file), "utf8"));
  const made = sources.flatMap((source) => [
    ...source.matchAll(
      /new (?:cognitiveservices|authorization|monitor|endpoints|zoneGroups)\.(\w+)\(\s*[^,]+,\s*(transformed\()?/g,
    ),
  ]);
  expect(made.map(([, type]) => type).sort()).toEqual([
    ...["Account", "Deployment", "DiagnosticSetting", "PrivateDnsZoneGroup", "PrivateEndpoint", "Project", "RaiPolicy"],
    "RoleAssignment",
  ]);
  expect(made.filter(([, , asked]) => !asked)).toEqual([]);
});

describe("a transform", () => {
  it("changes the arguments in place", async () => {
    const program = await accountWith({
      account: (given) => {
        given.properties = { ...given.properties, restrictOutboundNetworkAccess: true };
        given.tags = { team: "ai" };
      },
    });
    expect(program.find("openai-account").inputs).toMatchObject({
      accountName: "acc",
      tags: { team: "ai" },
      properties: { customSubDomainName: "acc", restrictOutboundNetworkAccess: true },
    });
  });

  it("may return other arguments, and knows the resource by its name", async () => {
    const program = await accountWith({ account: (given, { name }) => ({ ...given, tags: { name } }) });
    expect(program.find("openai-account").inputs).toMatchObject({
      accountName: "acc",
      tags: { name: "openai-account" },
    });
  });

  it("reaches no resource of another kind", async () => {
    const program = await accountWith({
      deployment: () => {
        throw new Error("not a deployment");
      },
    });
    expect(program.find("openai-account").inputs).not.toHaveProperty("tags");
    expect(program.find("openai-purge").inputs).toMatchObject({ accountName: "acc" });
  });

  it("reaches what is around the account", async () => {
    const program = await mockProgram();
    const account = { ...args, accountId: "id" };
    const changes: Transforms = { privateEndpoint: (given) => void (given.customNetworkInterfaceName = "nic") };
    setTransforms(changes, FILE);
    new PrivateEndpoint("endpoint", { account, subnetId: "sub" });
    await settled();
    expect(program.find("endpoint-endpoint").inputs).toMatchObject({ customNetworkInterfaceName: "nic" });
  });
});

describe("refused, in a sentence", () => {
  beforeEach(() => mockProgram(functions).then(() => undefined));

  function refusal(account: (given: Record<string, unknown>) => unknown): string {
    const transforms = { account } as unknown as Transforms;
    try {
      setTransforms(transforms, FILE);
      new OpenAiAccount("openai", args);
    } catch (error) {
      expect(pulumi.RunError.isInstance(error)).toBe(true);
      return (error as Error).message;
    }
    throw new Error("accepted");
  }

  it.each<[string, (given: Record<string, unknown>) => unknown, RegExp]>([
    [
      "a name",
      (given) => void (given.accountName = "other"),
      /account in transform\.ts changes accountName of openai-account from "acc" to "other"; .+ every argument except resourceGroupName, accountName, location/,
    ],
    [
      "a resource group",
      (given) => ({ ...given, resourceGroupName: "other" }),
      /changes resourceGroupName of openai-account from "rg" to "other"/,
    ],
    [
      "a region, by leaving it out",
      ({ accountName, resourceGroupName }) => ({ accountName, resourceGroupName }),
      /changes location of openai-account; /,
    ],
    ["an output in a name's place", (given) => void (given.accountName = pulumi.output("acc")), /changes accountName/],
    [
      "an exception",
      () => {
        throw new Error("no subnet");
      },
      /^transform: account in transform\.ts failed for openai-account: no subnet$/,
    ],
    ["an async function", () => Promise.resolve(), /returns a promise .+ synchronous/],
    ["a number", () => 3, /returns a number for openai-account; expected arguments, or nothing/],
    ["null", () => null, /returns null for openai-account; expected arguments, or nothing/],
  ])("%s", (_what, change, reason) => {
    expect(refusal(change)).toMatch(reason);
  });

  it.each([
    [undefined, /must default-export an object with functions for account, deployment, /],
    [{ acount: () => undefined }, /has a function for "acount"; expected account, deployment, /],
    [{ account: {} }, /account in transform\.ts is not a function/],
  ])("%p as default export", (exported, reason) => {
    expect(() => checkedTransforms(exported, FILE)).toThrow(reason);
  });

  it("a file that is missing, can't be loaded, or is fine", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "transform-"));
    const file = path.join(folder, "transform.cjs");
    expect(() => loadTransforms(file)).toThrow(/^transform is ".+transform\.cjs", but there is no such file in /);
    writeFileSync(file, "");
    const broken = () => {
      throw new Error("Unexpected token");
    };
    expect(() => loadTransforms(file, broken)).toThrow(/^transform: .+ can't be loaded: Unexpected token$/);
    expect(loadTransforms(file, () => ({ default: {} }))).toEqual({});
    rmSync(folder, { recursive: true });
  });
});
