import { messageOf } from "../../azure-openai/message-of";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { UserError } from "../../stack/command";
import { projectFolder } from "../../stack/project";

/** How a browser is started: unpacked by the project, named by the user, or installed. */
export type BrowserChoice = { unpack: true } | { executablePath: string } | { channel: string };

/**
 * The browsers to try, in this order: the one named by CHROMIUM_PATH alone; on a Linux machine (x64) the one of the npm package
 * @sparticuz/chromium; elsewhere an installed Google Chrome, then Microsoft Edge, which Windows always has.
 */
export function browserChoices(
  platform: NodeJS.Platform,
  architecture: string,
  env: NodeJS.ProcessEnv,
): BrowserChoice[] {
  if (env.CHROMIUM_PATH) return [{ executablePath: env.CHROMIUM_PATH }];
  if (platform === "linux" && architecture === "x64") return [{ unpack: true }];
  return [{ channel: "chrome" }, { channel: "msedge" }];
}

/** @throws UserError when there is no browser: which one is expected, and how to name another. */
export async function launchChromium(
  choices: BrowserChoice[] = browserChoices(process.platform, process.arch, process.env),
): Promise<Browser> {
  const problems: string[] = [];
  for (const choice of choices) {
    if ("unpack" in choice) return launchUnpacked();
    try {
      return await chromium.launch({ ...choice, args: ["--font-render-hinting=none"] });
    } catch (error) {
      const reason = messageOf(error).split("\n")[0];
      problems.push(`${"channel" in choice ? choice.channel : choice.executablePath}: ${reason}`);
    }
  }
  throw new UserError(
    `No browser could be started (${problems.join("; ")}). Install Google Chrome or Microsoft Edge, or set CHROMIUM_PATH to a Chromium.`,
  );
}

/**
 * A real Chromium on a bare Linux machine (x64): the npm package @sparticuz/chromium carries the browser, the libraries that it needs
 * and a font. It is unpacked once (about 4 s, 190 MB) below node_modules.
 */
async function launchUnpacked(): Promise<Browser> {
  const folder = await unpacked();
  return chromium.launch({
    executablePath: path.join(folder, "chromium"),
    // The package's own flags switch off the web's security, which is what our tests look at: these are all it needs.
    args: ["--no-sandbox", "--no-zygote", "--font-render-hinting=none"],
    env: {
      ...definedOnly(process.env),
      LD_LIBRARY_PATH: [path.join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  });
}

async function unpacked(): Promise<string> {
  const cache = path.join(projectFolder, "node_modules", ".cache");
  const folder = path.join(cache, `chromium-${version()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // Unpacked next to its final place and renamed, so that an interrupted run leaves no half browser.
  const unfinished = mkdtempSync(path.join(cache, "unfinished-"));
  try {
    await unpackInto(unfinished);
    writeFileSync(path.join(unfinished, "fonts.conf"), fontSettings(folder));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package unpacks into the temporary folder, and its libraries only if it believes that it runs on Amazon Linux. */
async function unpackInto(folder: string): Promise<void> {
  const script = `require(${JSON.stringify(require.resolve("@sparticuz/chromium"))}).executablePath()`;
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
  await promisify(execFile)(process.execPath, ["-e", script], { env });
}

/** The package's font first, so that a page looks the same everywhere; the machine's for letters that it lacks. */
function fontSettings(folder: string): string {
  const font = (family: string) =>
    `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(folder, "fonts-cache")}</cachedir>
  ${font("system-ui")}
  ${font("sans-serif")}
</fontconfig>
`;
}

function version(): string {
  const entry = require.resolve("@sparticuz/chromium");
  const file = path.join(entry, "..", "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}
