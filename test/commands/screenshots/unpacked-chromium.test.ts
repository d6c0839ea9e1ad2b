import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { unpackedChromium } from "../../../commands/screenshots/unpacked-chromium";
import { UserError } from "../../../stack/command";
import { temporaryFolder } from "../../support/temporary-folder";

/** Counts how often the browser is unpacked; each takes until `release` is called. */
function slowUnpacking() {
  let [unpacked, release] = [0, () => {}];
  const released = new Promise<void>((resolve) => (release = resolve));
  const unpack = async (folder: string) => {
    unpacked++;
    await released;
    writeFileSync(path.join(folder, "chromium"), "the browser");
  };
  return { unpack, release, times: () => unpacked };
}

it("is unpacked once, with font settings for where it lies", async () => {
  const cache = path.join(temporaryFolder("chromium"), "not", "yet", "there");
  const { unpack, release, times } = slowUnpacking();
  release();
  const folder = await unpackedChromium(cache, unpack);
  expect(path.basename(folder)).toMatch(/^chromium-\d+\.\d+\.\d+$/);
  expect(readFileSync(path.join(folder, "fonts.conf"), "utf8")).toContain(`<dir>${folder}/fonts</dir>`);
  expect(await unpackedChromium(cache, unpack)).toBe(folder);
  expect(times()).toBe(1);
});

it("is whole for each of two that unpack it at the same time, and nothing else is left", async () => {
  const cache = temporaryFolder("chromium");
  const { unpack, release, times } = slowUnpacking();
  const both = [unpackedChromium(cache, unpack), unpackedChromium(cache, unpack)];
  expect(times()).toBe(2);
  release();
  const [first, second] = await Promise.all(both);
  expect(second).toBe(first);
  expect(readdirSync(cache)).toEqual([path.basename(first!)]);
  expect(readdirSync(first!).sort()).toEqual(["chromium", "fonts.conf"]);
});

it("is not there after a failure, and unpacked by the next who needs it", async () => {
  const cache = temporaryFolder("chromium");
  const fails = (folder: string) => {
    writeFileSync(path.join(folder, "chromium"), "half");
    return Promise.reject(new Error("no space left"));
  };
  await expect(unpackedChromium(cache, fails)).rejects.toThrow("no space left");
  expect(readdirSync(cache)).toEqual([]);
  const { unpack, release } = slowUnpacking();
  release();
  expect(existsSync(path.join(await unpackedChromium(cache, unpack), "chromium"))).toBe(true);
});

it("a cache that isn't writable is named, with what to do", async () => {
  const cache = path.join(temporaryFolder("chromium"), "file");
  writeFileSync(cache, "");
  const unpacked = unpackedChromium(cache);
  await expect(unpacked).rejects.toThrow(UserError);
  await expect(unpacked).rejects.toThrow(
    `The browser is unpacked in ${cache}, but that folder isn't writable (EEXIST). Set XDG_CACHE_HOME to a writable folder, or CHROMIUM_PATH`,
  );
});
