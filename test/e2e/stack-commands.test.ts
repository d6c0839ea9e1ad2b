import { execFileSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { OF_BOTH, SHORT, WITH_VALUE } from "../../stack/pulumi-cli/flags";
import { findPulumiCli } from "../../stack/pulumi-cli/find";
import { Checkout } from "./checkout";

// A stack on a cloud that its settings name, with a backend of its own: what a team has on Azure. The rehearsal's stack is never used.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open();
  const { endpoint, tenantId, clientId, clientSecret, subscriptionId } = checkout.cloud;
  const azureNative = {
    metadataHost: new URL(endpoint).host,
    tenantId,
    clientId,
    subscriptionId,
    disableInstanceDiscovery: true,
  };
  const settings = Object.entries(azureNative).map(([name, value]) => `  azure-native:${name}: ${value}\n`);
  checkout.write("Pulumi.dev.yaml", `${checkout.read("Pulumi.local.yaml").trimEnd()}\n${settings.join("")}`);
  checkout.write("commands/scripted.ts", scripted);
  const rehearsal = await checkout.rehearsalEnvironment();
  // Of the rehearsal only what trusts its certificate, and its plugins; no credentials, no backend, no stack.
  const names = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_DIR", "PULUMI_HOME", "NO_PROXY", "no_proxy", "PATH"];
  checkout.env = {
    ...Object.fromEntries(names.map((name) => [name, rehearsal[name]])),
    PULUMI_BACKEND_URL: `file://${checkout.folder}`,
    PULUMI_CONFIG_PASSPHRASE: "for tests",
    ARM_CLIENT_SECRET: clientSecret,
  };
  const cli = await findPulumiCli(path.resolve(__dirname, "../.."));
  execFileSync(cli.command, ["stack", "init", "dev"], {
    cwd: checkout.folder,
    env: { ...process.env, ...checkout.env },
  });
});
afterAll(() => checkout.close());

/** A command on a terminal whose person answers yes. */
const scripted = `
import { runCommand } from "../stack/command";
import { runOnStack } from "./plan/on-stack";
import { thisTerminal } from "./plan/run";
const ask = (question: string) => (thisTerminal.show(question), Promise.resolve("yes"));
runCommand((args) => runOnStack(args, { ...thisTerminal, terminal: true, ask }));
`;
const command = (...args: string[]) => checkout.run("commands/stack-command", ...args);
const answered = (...args: string[]) => checkout.run("commands/scripted", ...args);

it("a preview on the selected stack ends with what it means", async () => {
  const preview = await command("preview");
  expect(preview).toSucceed();
  expect(preview.output).toMatch(/\nStack dev: Trains\.[^\n]*\n {2}because /);
  expect(preview.output).not.toMatch(/^Outputs:/m);
});

it("an up is explained, asked and held to its plan, and ends with what it did", async () => {
  const { code, output } = await answered("up", "-s", "dev", "--message", "first");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/Stack dev: Trains\.[^\n]*(\n {2}(because|cost|warning) [^\n]*)+\nPerform this update\?/);
  expect(output).toMatch(/\nThis run trained the model\.\n(.*\n)* {2}outputs {2}pulumi stack output --stack dev\n$/);
  expect(output).not.toMatch(/^Outputs:|Update plan written|pulumi up --plan/m);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("without a question, an up ends with what it did", async () => {
  const up = await command("up", "--yes", "--skip-preview");
  expect(up).toSucceed();
  expect(up.output).toMatch(/\nThis run trained nothing and changed nothing\.\n/);
});

it("what pulumi refuses is refused in its words and with its exit code", async () => {
  const [ours, plain] = [await command("up", "--yes", "-s", "nowhere"), await command("preview", "--nonsense")];
  expect(ours).toExitWith(6, { output: expect.stringMatching(/error: no stack named 'nowhere' found/) });
  expect(plain).toExitWith(1, { output: expect.stringMatching(/error: unknown flag: --nonsense/) });
});

it("a destroy says before it asks what is gone for good, and what comes next", async () => {
  const { code, output } = await answered("destroy");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(
    /Stack dev: Destroys\.[^\n]*\n {2}deletes {2}the deployment [^]*deletes {2}the model [^]*with a purge[^]*\n {2}keeps [^]*\nPerform this destroy\?/,
  );
  expect(output).toMatch(/\nDeleted \d+ resources\.\n[^]*\n {2}next {5}pulumi stack rm dev --preserve-config/);
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, files: 0, jobs: 0 });
});

it("the flags that are known are those of the CLI", async () => {
  const cli = await findPulumiCli(path.resolve(__dirname, "../.."));
  const [up, preview, destroy] = ["up", "preview", "destroy"].map((name) => {
    const help = execFileSync(cli.command, [name, "--help"], {
      encoding: "utf8",
      env: { ...process.env, PULUMI_DEBUG_COMMANDS: "true" },
    });
    // `-r, --refresh string[="true"]` takes a value only after an equals sign.
    const lines = help.matchAll(/^ +(?:-(\w), )?--([\w-]+)(?: (string\w*|int\w*|file:))?(?=[ [])/gm);
    return new Map(
      [...lines].map(([line, short, name, type]) => {
        const optional = help[help.indexOf(line) + line.length] === "[";
        return [name!, { short, value: type !== undefined && !optional }];
      }),
    );
  });
  const all = [...preview!, ...destroy!, ...up!];
  expect(Object.fromEntries(all.flatMap(([name, { short }]) => (short ? [[short, name]] : [])))).toEqual(SHORT);
  const takesValue = all.flatMap(([name, { value }]) => (value ? [name] : []));
  expect(takesValue.filter((name) => !WITH_VALUE.has(name))).toEqual([]);
  const ofBoth = [...OF_BOTH].filter((name) => !up!.has(name) || !preview!.has(name));
  expect(ofBoth).toEqual([]);
});
