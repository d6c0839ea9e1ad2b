import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { whileBusy } from "local-azure/storage/while-busy";
import { Progress } from "../progress";
import { go } from "./go-command";
import { pinnedVersion } from "./pinned";

/** A program and the module, in a folder of its own beside this file, that pins everything it is built from. */
interface Program {
  folder: string;
  packagePath: string;
  output: string;
  ldflags: string;
}

// Two modules, since the language host comes from an older release of the sdk: the last that was published as a Go module.
const programs: Program[] = [
  {
    folder: "cli",
    packagePath: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    output: "pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`,
  },
  {
    folder: "language-nodejs",
    packagePath: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    output: "pulumi-language-nodejs-host",
    ldflags: "-s -w",
  },
];

interface Launchers {
  host: string;
  /** Undefined where the SDK's own is used. */
  provider?: string;
  ending: string;
  programEnding: string;
}

/** What is copied beside the built programs: launchers of the language host and of dynamic providers. */
export function launchers(platform: NodeJS.Platform): Launchers {
  return platform === "win32"
    ? { host: "language-host.cmd", ending: ".cmd", programEnding: ".exe" }
    : { host: "language-host.sh", provider: "dynamic-provider.sh", ending: "", programEnding: "" };
}

/** Builds the CLI and the Node language host into `<folder>/bin`. */
export async function buildCli(folder: string): Promise<void> {
  const { provider, ending, programEnding } = launchers(process.platform);
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const progress = new Progress();
  const packages = await countPackages(progress);
  let compiled = 0;
  for (const program of programs) {
    const target = path.join(bin, program.output + programEnding);
    const args = ["build", "-v", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", program.ldflags];
    await go([...args, "-o", target, program.packagePath], moduleFolder(program), (line) => {
      if (line.startsWith("go: ")) return;
      compiled += 1;
      progress.show(`compiling: ${compiled} of ${packages} packages`, compiled / packages);
    });
  }
  copyLaunchers(bin);
  if (provider === undefined)
    copyProgram((await dynamicProviderScript()) + ending, path.join(bin, `pulumi-resource-pulumi-nodejs${ending}`));
  progress.done(`built Pulumi ${pinnedVersion}`);
}

/** The launchers, into the folder of a CLI that was built: today's, where an earlier checkout built it. */
export function copyLaunchers(bin: string): void {
  const { host, provider, ending, programEnding } = launchers(process.platform);
  if (!existsSync(path.join(bin, `pulumi-language-nodejs-host${programEnding}`))) return;
  copyLauncher(host, path.join(bin, `pulumi-language-nodejs${ending}`));
  if (provider !== undefined) copyLauncher(provider, path.join(bin, "pulumi-resource-pulumi-nodejs"));
}

function copyLauncher(name: string, to: string): void {
  const from = path.join(__dirname, name);
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  const unfinished = `${to}.${process.pid}`;
  copyProgram(from, unfinished);
  whileBusy(() => renameSync(unfinished, to));
}

/** Upper bound of packages to compile; listing them downloads the modules' sources. */
async function countPackages(progress: Progress): Promise<number> {
  let modules = 0;
  let packages = 0;
  for (const program of programs) {
    const args = ["list", "-mod=readonly", "-buildvcs=false", "-deps", program.packagePath];
    const list = await go(args, moduleFolder(program), (line) => {
      if (!line.startsWith("go: downloading")) return;
      modules += 1;
      progress.show(`downloading sources: ${modules} modules so far`, 0);
    });
    packages += list.trimEnd().split("\n").length;
  }
  return packages;
}

/** The SDK's own script that starts dynamic providers: not a program that is built, but a file of the sdk module. */
async function dynamicProviderScript(): Promise<string> {
  const host = programs.find((program) => program.folder === "language-nodejs")!;
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"];
  const sdk = (await go(args, moduleFolder(host))).trim();
  return path.join(sdk, "nodejs", "dist", "pulumi-resource-pulumi-nodejs");
}

function copyProgram(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o755); // Files of Go's module cache are read-only.
}

function moduleFolder(program: Program): string {
  return path.join(__dirname, program.folder);
}
