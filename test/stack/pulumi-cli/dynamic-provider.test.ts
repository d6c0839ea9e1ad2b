import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { copyLaunchers } from "../../../stack/pulumi-cli/build";
import { temporaryFolder } from "../../support/temporary-folder";

/** A project folder whose SDK prints how its provider was started, in `where` or above it. */
function project(where: string) {
  const root = realpathSync(temporaryFolder("dynamic provider"));
  const sdk = path.join(root, "node_modules/@pulumi/pulumi");
  mkdirSync(path.join(sdk, "cmd/dynamic-provider"), { recursive: true });
  mkdirSync(path.join(root, where), { recursive: true });
  writeFileSync(path.join(sdk, "cmd/dynamic-provider/index.js"), "console.log(JSON.stringify(process.argv.slice(1)));");
  const bin = path.join(root, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "pulumi-language-nodejs-host"), "");
  copyLaunchers(bin);
  return { root, bin };
}

it.each([".", "stacks/dev"])("a provider starts in %s with the packages of the project", (where) => {
  const { root, bin } = project(where);
  const launcher = path.join(bin, "pulumi-resource-pulumi-nodejs");
  const started = execFileSync(launcher, ["127.0.0.1:1", "a b"], { cwd: path.join(root, where), encoding: "utf8" });
  const script = path.join(root, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");
  expect(JSON.parse(started)).toEqual([script, "127.0.0.1:1", "a b"]);
});
