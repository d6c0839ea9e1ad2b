import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { findCloud } from "../../azure-openai/cloud";
import { readSettings } from "../../azure-openai/settings";
import { rehearse, type Rehearsal, settingsOf } from "../support/rehearsal";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse();
});
afterAll(() => rehearsal?.close());

it("the rehearsal service is known by what it says of itself, at whatever address", async () => {
  const { service, client, clock } = rehearsal;
  expect((await findCloud(settingsOf(service, client), clock)).rehearsal).toBe(true);
});

it.each(["public", "usgovernment", "china"])("Azure's cloud %s is no rehearsal", async (environment) => {
  const settings = readSettings({ get: (key) => (key === "azure-native:environment" ? environment : undefined) }, {});
  expect((await findCloud(settings, rehearsal.clock)).rehearsal).toBeFalsy();
});
