import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { costEstimateHandler } from "../../../dynamic-providers/cost-estimate/handler";
import type { CostEstimateInputs } from "../../../dynamic-providers/cost-estimate/schema";
import { costKey, type JobPlan } from "../../../dynamic-providers/runtime/run-plan";
import eastus2 from "../../fixtures/resource-manager/models-eastus2.json";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});
afterEach(() => rehearsal.close());

const MODELS = /\/locations\/\w+\/models/;
const global = { trainingType: "GlobalStandard", deploymentSku: "GlobalStandard", location: "eastus2" };
const args = {
  ...{ job: "finetune-job", model: "gpt-4.1", method: "supervised", ...global },
  ...{ epochs: 2, trainingTokens: 5_000, deploy: true, __provider: "text" },
};
const give = (text: string) => writeFileSync(rehearsal.service.world.listsFile, `{"models":{"eastus2":${text}}}`);
const recorded = JSON.stringify(eastus2.value);

async function check(over: object = {}, does: JobPlan = { does: "train" }, before: object = {}, day = "2026-11-22") {
  const process = rehearsal.newProcess();
  const handler = costEstimateHandler(() => new Date(day), process.plan, process);
  const { subscriptionId } = rehearsal.service;
  const news = { ...args, subscriptionId, ...over } as unknown as CostEstimateInputs;
  process.plan.job("marker", costKey(news, news.job), does);
  const { inputs, failures } = await handler.check!(before as CostEstimateInputs, news);
  return { inputs, reasons: failures!.map(({ reason }) => reason) };
}

describe("the region's own list of models", () => {
  it("is asked once per process, and changes no input: neither by what it says nor by when", async () => {
    const { inputs } = await check();
    expect(rehearsal.proxy.count("GET", MODELS)).toBe(1);
    give(recorded.replaceAll('"capacity":{"maximum":250', '"capacity":{"maximum":9'));
    const again = await check({}, { does: "keep", jobId: "ftjob-1" }, inputs, "2026-12-24");
    expect(again).toEqual({ inputs, reasons: [] });
    rehearsal.proxy.fault = ({ path }) => (MODELS.test(path) ? { status: 403 } : undefined);
    expect((await check()).inputs).toEqual(inputs);
    expect((await check({ subscriptionId: undefined })).inputs).toEqual({ ...inputs, subscriptionId: undefined });
  });

  it("is not asked without a subscription, as in a program that gives none", async () => {
    await check({ subscriptionId: undefined });
    expect(rehearsal.proxy.count("GET", MODELS)).toBe(0);
  });

  it("leaves the decision to the catalog where it can't be read, which one line says", async () => {
    rehearsal.proxy.disturb("GET", MODELS, { status: 403, code: "AuthorizationFailed" }, 9);
    expect((await check()).reasons).toEqual([]);
    expect(rehearsal.lines.filter((line) => line.startsWith("[live]"))).toEqual([
      expect.stringMatching(
        /Could not read the list of models for eastus2, so the built-in catalog is used instead: .*403.*Reader role on/,
      ),
    ]);
  });

  it("stops a training that the region no longer offers, and not what is trained already", async () => {
    give(recorded);
    expect((await check()).reasons).toEqual([
      expect.stringMatching(
        /^gpt-4\.1-2025-04-14 can no longer be fine-tuned \(since 2026-10-14\); .*list of models for eastus2/,
      ),
    ]);
    const keeps: JobPlan = { does: "keep", jobId: "ftjob-1" };
    const { inputs } = await check({}, keeps);
    expect((await check({}, keeps, inputs)).reasons).toEqual([]);
  });

  it("stops a deployment of a type that the region doesn't have, also of a model that is trained already", async () => {
    give(recorded.replaceAll('"2026-', '"2027-'));
    const keeps: JobPlan = { does: "keep", jobId: "ftjob-1" };
    const { inputs } = await check({}, keeps);
    expect((await check({ deploymentSku: "DataZoneStandard" }, keeps, inputs)).reasons).toEqual([
      expect.stringMatching(
        /'DataZoneStandard' in 'eastus2'; expected ProvisionedManaged, GlobalStandard, DeveloperTier/,
      ),
    ]);
    const same = { deploymentSku: "DataZoneStandard" };
    const { inputs: before } = await check(same, keeps, {});
    expect((await check(same, keeps, before)).reasons).toEqual([]);
  });

  it("stops a version of another stack, which is hosted alone, where such deployments have ended", async () => {
    give(recorded.replaceAll('"2027-10-14', '"2026-10-14'));
    const promoted = { hostingOnly: true, method: undefined, trainingType: undefined, epochs: undefined };
    expect((await check(promoted, { does: "keep", jobId: "ftjob-1" })).reasons).toEqual([
      expect.stringMatching(/^Models tuned from gpt-4\.1-2025-04-14 .+2026-10-14.+list of models for eastus2/),
    ]);
  });

  it("gives way to a catalogFile", async () => {
    give(recorded);
    const file = `${rehearsal.folder}/catalog.json`;
    const models = [{ id: "gpt-4.1-2025-04-14", retirement: { training: "2027-04-14", deployments: "2027-10-14" } }];
    writeFileSync(file, JSON.stringify({ models }));
    expect((await check({ catalogFile: file })).reasons).toEqual([]);
  });

  it("says of a model that only the catalogFile has what that leaves open, and the file's own words win", async () => {
    const known = eastus2.value.find(({ kind, model }) => kind === "OpenAI" && model.name === "gpt-4.1")!;
    const fresh = { ...known, model: { ...known.model, name: "gpt-6", version: "2026-12-01" } };
    give(JSON.stringify([...eastus2.value, fresh]));
    const file = `${rehearsal.folder}/catalog.json`;
    const write = (entry: object) =>
      writeFileSync(file, JSON.stringify({ models: [{ id: "gpt-6-2026-12-01", ...entry }] }));
    const own = { model: "gpt-6-2026-12-01", catalogFile: file };
    const named = { trainingTypes: ["GlobalStandard"], deploymentSkus: ["GlobalStandard"] };

    write(named);
    expect((await check(own)).reasons).toEqual([
      expect.stringMatching(/^gpt-6-2026-12-01 can no longer be fine-tuned \(since 2026-10-14\)/),
    ]);
    write({ ...named, retirement: { training: "2027-12-01" } });
    const { inputs, reasons } = await check(own);
    expect(reasons).toEqual([]);
    expect(inputs!.estimate).toMatchObject({
      trainingUsd: null,
      assumptions: [
        expect.stringMatching(/^The price list of .+ has no training price for gpt-6-2026-12-01 with GlobalStandard/),
      ],
    });
  });
});
