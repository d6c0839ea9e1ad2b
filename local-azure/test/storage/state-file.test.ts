import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { newSecret } from "../../src/storage/new-state";
import { openState, saveState } from "../../src/storage/state-file";

describe("the state file", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-state-"));
    file = path.join(folder, "deep", "state.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made with random ids and secrets, ResourceGroup1 and one Owner, readable by the owner alone", () => {
    const [one, two] = [openState(file), openState(path.join(folder, "other.json"))];
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(one.resourceGroups).toEqual([{ name: "ResourceGroup1", location: "northcentralus" }]);
    expect(one.roleAssignments).toMatchObject([
      { principalId: one.clients[0]!.objectId, scope: `/subscriptions/${one.subscriptionId}` },
    ]);
    for (const id of ["tenantId", "subscriptionId", "adminToken", "managedIdentitySecret", "oidcRequestToken"] as const)
      expect(one[id]).not.toBe(two[id]);
    expect(one.clients[0]!.clientSecret).not.toBe(two.clients[0]!.clientSecret);
  });

  it("has secrets that can be passed on a command line", () => {
    const secrets = Array.from({ length: 1000 }, newSecret);
    expect(secrets.filter((secret) => !/^\w[\w-]{39}$/.test(secret))).toEqual([]);
  });

  it("is read as it was written", () => {
    const state = openState(file);
    state.clockOffsetMs = 7;
    saveState(file, state);
    expect(openState(file)).toEqual(state);
  });

  it("is opened without what a killed write has left beside it, and nothing else is touched", () => {
    openState(file);
    for (const name of ["state.json.123456", "state.json.server", "other.json.123456"])
      writeFileSync(path.join(folder, "deep", name), "secret");
    openState(file);
    expect(readdirSync(path.join(folder, "deep")).sort()).toEqual([
      "other.json.123456",
      "state.json",
      "state.json.server",
    ]);
  });

  it.each([
    ["{", /is not valid JSON\. Move or delete it/],
    ["", /is not valid JSON\. Move or delete it/],
    ["null", /has no version; .* Move or delete it/],
    ['{"version":2}', /has version 2; expected version 1/],
    ['{"version":1}', /is damaged: tenantId is missing\. Move or delete it/],
  ])("that holds %s is refused by name and left alone", (text, message) => {
    openState(file);
    writeFileSync(file, text);
    expect(() => openState(file)).toThrow(message);
    expect(() => openState(file)).toThrow(file);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("whose accounts are no list, or that lacks its application, is refused by name", () => {
    const state = openState(file);
    for (const [name, value] of [
      ["accounts", {}],
      ["clients", []],
      ["clockOffsetMs", "0"],
    ] as const) {
      writeFileSync(file, JSON.stringify({ ...state, [name]: value }));
      expect(() => openState(file)).toThrow(`${file} is damaged: ${name} is`);
    }
  });
});
