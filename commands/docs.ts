import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { note, runCommand, UserError } from "../stack/command";
import { repositoryAddress } from "./docs/repository-address";
import { siteFolder } from "./docs/pages";
import { stagePages } from "./docs/stage";

/** `npm run docs:build`, `npm run docs:dev`: the Markdown of the repository as a site with search, in docs/site/dist. */
runCommand((args) => {
  const command = new Command("npm run docs:build --")
    .exitOverride()
    .description("Builds the docs as a site (docs/site/dist), or serves them while you write.")
    .argument("<action>", "build, or dev: serve on this machine")
    .parse(args, { from: "user" });
  const [action] = command.args;
  if (action !== "build" && action !== "dev") {
    throw new UserError(
      `The action is "${action}"; expected build or dev. Run npm run docs:build or npm run docs:dev.`,
    );
  }
  if (!existsSync(path.join(siteFolder, "node_modules"))) {
    note("Installing the site generator in docs/site ...");
    run("npm", ["ci", "--no-audit", "--no-fund"]);
  }
  stagePages(path.join(siteFolder, "content"), repositoryAddress(process.env));
  return Promise.resolve(run(process.execPath, ["node_modules/@rspress/core/bin/rspress.js", action]));
});

/** Runs a program in docs/site to its end; its exit code. */
function run(program: string, args: string[]): number {
  // Node starts npm on Windows only through a shell.
  const shell = program === "npm" && process.platform === "win32";
  const { status, error } = spawnSync(program, args, { cwd: siteFolder, stdio: "inherit", shell });
  if (error) throw new UserError(`${program} could not be started in docs/site: ${error.message}`);
  if (program === "npm" && status !== 0) throw new UserError("npm ci failed in docs/site; see its message above.");
  return status ?? 1;
}
