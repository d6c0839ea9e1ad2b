import { expect, it } from "@jest/globals";
import { type BrowserChoice, browserChoices, launchChromium } from "../../../commands/screenshots/chromium";
import { UserError } from "../../../stack/command";

it.each<[NodeJS.Platform, string, NodeJS.ProcessEnv, BrowserChoice[]]>([
  ["linux", "x64", {}, [{ unpack: true }]],
  ["linux", "arm64", {}, [{ channel: "chrome" }, { channel: "msedge" }]],
  ["darwin", "arm64", {}, [{ channel: "chrome" }, { channel: "msedge" }]],
  ["win32", "x64", {}, [{ channel: "chrome" }, { channel: "msedge" }]],
  ["linux", "x64", { CHROMIUM_PATH: "/usr/bin/chromium" }, [{ executablePath: "/usr/bin/chromium" }]],
])("browsers to try on %s %s with %j", (platform, architecture, env, expected) => {
  expect(browserChoices(platform, architecture, env)).toEqual(expected);
});

it("without a browser, one sentence says which is expected", async () => {
  const none = launchChromium([{ executablePath: "/nowhere/chromium" }]);
  await expect(none).rejects.toThrow(UserError);
  await expect(none).rejects.toThrow(/No browser could be started \(\/nowhere\/chromium: .+Install Google Chrome/);
});
