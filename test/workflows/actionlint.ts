import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { goVersion } from "../../stack/pulumi-cli/go-command";
import { cacheFolder } from "../../stack/pulumi-cli/pinned";

/** Version of github.com/rhysd/actionlint. Go checks what it downloads against the checksum database (sum.golang.org). */
const version = "v1.7.12";

/** Path of actionlint, built once into the user's cache; undefined where there is no Go to build it with. */
export function actionlint(): string | undefined {
  const folder = path.join(cacheFolder(), `actionlint-${version}`);
  const program = path.join(folder, "actionlint");
  if (existsSync(program)) return program;
  if (!goVersion()) return undefined;
  mkdirSync(cacheFolder(), { recursive: true });
  const unfinished = mkdtempSync(path.join(cacheFolder(), "unfinished-"));
  try {
    const env = { ...process.env, GOBIN: unfinished, CGO_ENABLED: "0", GOFLAGS: "-trimpath", GOWORK: "off" };
    execFileSync("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${version}`], { env, stdio: "pipe" });
    // Of two that build at once, one renames and the other finds it done.
    if (!existsSync(program)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return program;
}
