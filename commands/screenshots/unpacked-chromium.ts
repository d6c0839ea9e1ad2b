import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { messageOf } from "../../azure-openai/message-of";
import { cacheDirectory } from "../../datasets/cache/directory";
import { UserError } from "../../stack/command";

/**
 * The folder of the unpacked browser, in the user's cache: every checkout shares it, and it is unpacked once (about 4 s, 190 MB). Of several
 * processes that unpack it at the same time the first to end counts.
 *
 * @param cache - where it is kept
 * @param unpack - writes the browser, its libraries and fonts into a folder
 * @throws UserError when the cache isn't writable
 */
export async function unpackedChromium(cache = cacheDirectory(), unpack = unpackInto): Promise<string> {
  const folder = path.join(cache, `chromium-${version()}`);
  if (existsSync(folder)) return folder;
  // Unpacked next to its final place and renamed, so that an interrupted run leaves no half browser.
  const unfinished = unfinishedFolder(cache);
  try {
    await unpack(unfinished);
    writeFileSync(path.join(unfinished, "fonts.conf"), fontSettings(folder));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function unfinishedFolder(cache: string): string {
  try {
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(path.join(cache, "unfinished-"));
  } catch (error) {
    throw new UserError(
      `The browser is unpacked in ${cache}, but that folder isn't writable (${(error as NodeJS.ErrnoException).code ?? messageOf(error)}). ` +
        "Set XDG_CACHE_HOME to a writable folder, or CHROMIUM_PATH to a Chromium.",
    );
  }
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
