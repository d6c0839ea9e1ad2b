import { afterAll, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installStandIn } from "../../src/azure-native/install";
import { version } from "../../src/azure-native/version";

const home = mkdtempSync(path.join(tmpdir(), "pulumi-home-"));
afterAll(() => rmSync(home, { recursive: true }));

const launcherOf = (folder: string) => path.join(folder, "pulumi-resource-azure-native");

it("puts an executable launcher where Pulumi looks for this version", async () => {
  const folder = await installStandIn(home);
  expect(path.basename(folder)).toBe(`resource-azure-native-v${version()}`);
  expect(statSync(launcherOf(folder)).mode & 0o111).toBe(0o111);
  const [, main] = /'([^']+main\.ts)'/.exec(readFileSync(launcherOf(folder), "utf8"))!;
  expect(existsSync(main!)).toBe(true);
});

it("leaves a right launcher alone and rewrites one that points elsewhere", async () => {
  const launcher = launcherOf(await installStandIn(home));
  const { mtimeMs } = statSync(launcher);
  await installStandIn(home);
  expect(statSync(launcher).mtimeMs).toBe(mtimeMs);
  writeFileSync(launcher, "#!/bin/sh\nexec '/old/checkout/main.ts'\n");
  await installStandIn(home);
  expect(readFileSync(launcher, "utf8")).not.toContain("/old/checkout");
});

it("starts a process that says in one sentence what it is when a person starts it", async () => {
  const launcher = launcherOf(await installStandIn(home));
  expect(() => execFileSync(launcher, { stdio: "pipe" })).toThrow("it is started by `pulumi`");
});
