import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { messageOf } from "../../azure-openai/message-of";
import { UserError } from "../../stack/command";
import { unpackedChromium } from "./unpacked-chromium";

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
 * and a font.
 */
async function launchUnpacked(): Promise<Browser> {
  const folder = await unpackedChromium();
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

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}
