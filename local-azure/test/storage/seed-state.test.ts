import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { seedState } from "../../src/storage/seed-state";
import { newState } from "../../src/storage/new-state";

describe("a cloud that begins with a copy of another one", () => {
  let folder: string;
  let seed: string;
  let stateFile: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "seed-state-"));
    seed = path.join(folder, "seed.json");
    stateFile = path.join(folder, "copy", "state.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has its state and its bytes, readable by nobody else", () => {
    const state = newState("no key");
    writeFileSync(seed, JSON.stringify(state));
    mkdirSync(path.join(folder, "blobs"));
    writeFileSync(path.join(folder, "blobs", "file-1"), "bytes");
    seedState(seed, stateFile);
    expect(JSON.parse(readFileSync(stateFile, "utf8"))).toEqual(state);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, "copy", "blobs", "file-1"), "utf8")).toBe("bytes");
  });

  it("keeps a state that is there already", () => {
    mkdirSync(path.dirname(stateFile));
    writeFileSync(stateFile, "mine");
    seedState(seed, stateFile);
    expect(readFileSync(stateFile, "utf8")).toBe("mine");
  });

  it("names a seed that is not there or no state, and writes nothing", () => {
    expect(() => seedState(seed, stateFile)).toThrow(`${seed}: no such file. --seed-state expects a state.json`);
    writeFileSync(seed, "{}");
    expect(() => seedState(seed, stateFile)).toThrow(`${seed} has no version`);
    expect(existsSync(stateFile)).toBe(false);
  });
});
