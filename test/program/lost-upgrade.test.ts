import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { OpenAiAccount, type OpenAiAccountArgs } from "../../components/openai-account";
import { kindAfter, type LiveAccount } from "../../program/account-kind";
import { startPlugin, urnOf, type PluginClient } from "../../local-azure/test/azure-native/plugin-client";
import { mockProgram, settled } from "../support/mocked-program";
import { deploy, rehearse, type Rehearsal } from "../support/rehearsal";

// The program's account goes from kind OpenAI to AIServices, and the answer to the PUT is lost: its inputs, sent by the stand-in of azure-native
// through a proxy that cuts the connection.

const URN = urnOf("cognitiveservices:Account", "openai-account");
const GET = "azure-native:cognitiveservices:getAccount";
const PUT = /\/accounts\/Tuning\?/;
const UPGRADED = {
  kind: "AIServices",
  identity: { type: "SystemAssigned" },
  properties: { allowProjectManagement: true },
};

let rehearsal: Rehearsal;
let plugin: PluginClient;
beforeEach(async () => {
  rehearsal = await rehearse();
  const { service, proxy } = rehearsal;
  plugin = await startPlugin(service, { ARM_CLIENT_SECRET: service.deployer.clientSecret });
  await plugin.configure({
    ...{ metadataHost: proxy.origin, disableInstanceDiscovery: "true" },
    ...{ subscriptionId: service.subscriptionId, tenantId: service.tenantId, clientId: service.deployer.clientId },
  });
  deploy(rehearsal, "tutor", `gpt-4o-mini-2024-07-18.ft-${"a".repeat(32)}`);
});
afterEach(async () => {
  plugin.close();
  await rehearsal.close();
});

const live = async () =>
  (await plugin.invoke(GET, { resourceGroupName: "ResourceGroup1", accountName: "Tuning" })) as unknown as LiveAccount;

/** What a run of the program sends, which reads the account first; with the paths that it leaves as the state has them. */
async function programOf(kind?: OpenAiAccountArgs["kind"]) {
  const there = await live();
  const program = await mockProgram({ [GET]: there });
  const ignored: string[] = [];
  const upgraded = kindAfter(there, kind) === "AIServices" && there.kind === "AIServices" ? there : undefined;
  new OpenAiAccount(
    "openai",
    {
      ...{ subscriptionId: rehearsal.service.subscriptionId, resourceGroupName: "ResourceGroup1" },
      ...{ location: rehearsal.location, accountName: "Tuning", localAuth: true, kind, upgraded },
    },
    {
      transformations: [
        ({ type, opts }) => {
          if (type.endsWith(":Account")) ignored.push(...((opts as { ignoreChanges?: string[] }).ignoreChanges ?? []));
          return undefined;
        },
      ],
    },
  );
  await settled();
  const { inputs } = await plugin.check(URN, {}, program.find("openai-account").inputs as never);
  return { inputs, ignored };
}

async function state() {
  const { inputs } = await programOf();
  const { outputs } = await plugin.read(URN, rehearsal.accountId, inputs, {});
  return { inputs, outputs };
}

it("the answer is lost once: the request is repeated, and it is one account with all that it had", async () => {
  const { inputs, outputs } = await state();
  const deployments = JSON.stringify(rehearsal.account.deployments);
  const wanted = (await programOf("AIServices")).inputs;
  rehearsal.proxy.disturb("PUT", PUT, "cut after");
  const upgraded = await plugin.update(URN, rehearsal.accountId, { ...outputs, __inputs: inputs }, wanted);
  expect(upgraded).toMatchObject(UPGRADED);
  expect(rehearsal.proxy.count("PUT", PUT)).toBe(2);
  expect(JSON.stringify(rehearsal.account.deployments)).toBe(deployments);
  expect(rehearsal.service.world.state.accounts).toHaveLength(1);
});

describe("every answer is lost, so that the run fails and the state has the old kind", () => {
  let before: Awaited<ReturnType<typeof state>>;
  let failure: string | undefined;
  beforeEach(async () => {
    before = await state();
    const wanted = (await programOf("AIServices")).inputs;
    rehearsal.proxy.disturb("PUT", PUT, "cut after", Infinity);
    const olds = { ...before.outputs, __inputs: before.inputs };
    failure = await plugin.update(URN, rehearsal.accountId, olds, wanted).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    rehearsal.proxy.fault = () => undefined;
  });

  it.each([["AIServices" as const], [undefined], ["OpenAI" as const]])(
    "the next up with account.kind %s sends nothing: the account is upgraded",
    async (kind) => {
      expect(failure).toMatch(/socket|closed|reset|hang up/i);
      expect(await live()).toMatchObject(UPGRADED);
      const { ignored } = await programOf(kind);
      expect(ignored).toEqual(
        expect.arrayContaining(["kind", "identity", "properties.allowProjectManagement", "properties.networkAcls"]),
      );
    },
  );

  it("an update for another reason sends the kind that the account has, and not that of the state", async () => {
    rehearsal.account.tags = { by: "somebody" };
    const { inputs, ignored } = await programOf();
    expect(inputs).toMatchObject(UPGRADED);
    expect(ignored).not.toContain("kind");
    const olds = { ...before.outputs, __inputs: before.inputs };
    expect(await plugin.update(URN, rehearsal.accountId, olds, inputs)).toMatchObject(UPGRADED);
    expect((await live()).kind).toBe("AIServices");
  });
});
