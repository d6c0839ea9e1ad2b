import semver from "semver";
import { outboundFetch } from "../../azure-openai/outbound/fetch";
import { pinnedVersion } from "./pinned";

const officialSite = "https://get.pulumi.com/install.sh";
/** An answer to a small request takes well under a second; a network that refuses mostly does so immediately. */
const answerMs = 5_000;
/** About 100 MB: eight minutes suffice at 2 Mbit/s; beyond that, the build is faster. */
const downloadMs = 8 * 60_000;

/** Whether the official site answers from here. Never throws, and never waits longer than five seconds. */
export async function officialSiteAnswers(): Promise<boolean> {
  try {
    const response = await outboundFetch(officialSite, { method: "HEAD", signal: AbortSignal.timeout(answerMs) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Runs the official installer, through the Automation API, into `folder`. Throws when it can't. */
export async function downloadCli(folder: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${downloadMs / 60_000} minutes`)), downloadMs);
  });
  const version = new semver.SemVer(pinnedVersion);
  // Loaded here, not above: it takes most of a second, and no command but the first needs it.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await Promise.race([PulumiCommand.install({ root: folder, version }), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
