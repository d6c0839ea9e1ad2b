// Plain Node without dependencies: makes sure that node_modules matches package-lock.json, then runs a command.
//   node commands/bootstrap.js [<command> [arguments]]   command: a .ts file in the checkout, without the ending; none: only install
"use strict";
const { spawnSync } = require("node:child_process");
const { readFileSync, realpathSync } = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
const minimumNode = [20, 19];

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockFile), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** The first reason why node_modules can't be used; undefined if it can. npm keeps its own record of what it installed. */
function whyStale() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  if (!wanted) return undefined; // Not our layout (a package published without lock file): nothing to compare with.
  if (!installed) return "node_modules is missing";
  for (const [name, entry] of Object.entries(wanted)) {
    if (!name.includes("node_modules/") || entry.optional || entry.peer) continue;
    const present = installed[name];
    if (!present) return `${name} is missing`;
    if (!entry.link && present.version !== entry.version)
      return `${name} is ${present.version}, package-lock.json says ${entry.version}`;
  }
  return undefined;
}

function install(reason) {
  process.stderr.write(`Installing the packages of package-lock.json (${reason}); this takes about a minute ...\n`);
  const started = Date.now();
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.error)
    fail(`npm could not be started: ${result.error.message}. Install Node ${minimumNode.join(".")} or later with npm.`);
  if (result.signal) process.exit(130);
  if (result.status !== 0)
    fail(`npm ci ended with exit code ${result.status}; see its messages above. Nothing else was done.`);
  process.stderr.write(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
  fail(
    `this is Node ${process.versions.node}; the project needs ${minimumNode.join(".")} or later (https://nodejs.org).`,
  );
}

const reason = whyStale();
if (reason) install(reason);

const { findBundle, fromRoot, loadBundle } = require("../compiled/bundle");
const { useCodeCache } = require("../compiled/code-cache");
const { provideBundles } = require("../compiled/provide");

/** The rehearsal service and the stand-in plugin, where Node finds their package. */
function workspaceEntries() {
  const entries = ["local-azure/src/azure-native/main", "local-azure/src/rehearsal/serve"];
  try {
    return entries.map((entry) =>
      fromRoot(realpathSync(path.join(root, "node_modules", `${entry}.ts`))).slice(0, -".ts".length),
    );
  } catch {
    return [];
  }
}

async function main(command) {
  await provideBundles("index", "handlers", ...workspaceEntries(), ...(command ? [command] : []));
  if (!command) return;
  const file = path.join(root, `${command}.ts`);
  process.argv.splice(1, 2, file);
  const bundle = findBundle(command);
  if (bundle) {
    useCodeCache(command);
    return loadBundle(bundle);
  }
  require("tsx/cjs");
  require(file);
}

/** What the system refuses while a command is loaded, before the command itself can say so. */
const refusals = {
  EMFILE: "too many files are open for one program. Raise the limit (ulimit -n 4096), then run the same command again.",
  ENFILE: "too many files are open on this machine. Close other programs, then run the same command again.",
  ENOSPC: "the disk is full. Make room, then run the same command again.",
};
process.once("uncaughtException", (error) => {
  const refusal = refusals[error?.code];
  if (refusal) fail(refusal);
  console.error(error);
  process.exit(1);
});

void main(process.argv[2]);
