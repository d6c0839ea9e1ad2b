import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord, ClientRecord } from "local-azure/world/state";
import { promotedVersionHandler } from "../../../dynamic-providers/promoted-version/handler";
import type { PromotableVersion, PromotedVersionInputs } from "../../../dynamic-providers/promoted-version/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { rehearse, type Rehearsal } from "../../support/rehearsal";
import { inputsFor, promotable, trainedThere } from "./promotable";

let rehearsal: Rehearsal;
let target: AccountRecord;
let version: PromotableVersion;
beforeAll(async () => {
  rehearsal = await rehearse();
  target = rehearsal.service.addAccount("Production");
  version = promotable(await trainedThere(rehearsal, 2), rehearsal.accountId);
});
afterAll(() => rehearsal.close());
beforeEach(() => {
  target.location = "swedencentral";
  rehearsal.lines.length = 0;
});

const stored = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;
async function check(news: PromotedVersionInputs, olds?: Partial<PromotedVersionInputs>, client?: ClientRecord) {
  const handler = promotedVersionHandler(rehearsal.newProcess({ client }));
  const { failures } = await handler.check(olds, stored(news));
  return failures.map(({ reason }) => reason);
}

describe("a version that can be had", () => {
  it("is told of with stack, training and price, once", async () => {
    const handler = promotedVersionHandler(rehearsal.newProcess());
    const news = inputsFor(version, target);
    for (const _ of [1, 2]) expect((await handler.check({}, news)).failures).toEqual([]);
    expect(rehearsal.lines).toEqual([
      `[plan] Promotes version 2 of dev (${version.jobId}), trained 2026-11-20 08:30 UTC from gpt-4o-mini-2024-07-18 on 68 rows (sha256 5a5a5a5a5a5a): nothing is trained here, $0`,
    ]);
  });

  it("changes nothing while it stays the same, and by itself replaces nothing", async () => {
    const handler = promotedVersionHandler(rehearsal.newProcess());
    const news = inputsFor(version, target);
    const { outs } = await handler.create(news);
    expect(await handler.diff("promoted", stored(outs), stored(news))).toEqual({ changes: false });
    const other = { ...news, version: { ...version, jobId: "ftjob-2" } };
    expect(await handler.diff("promoted", stored(outs), other)).toEqual({ changes: true });
    expect((await handler.update("promoted", outs, other)).outs).toMatchObject({ version: { jobId: "ftjob-2" } });
  });

  it("is not asked for again once it serves: the source may be out of reach", async () => {
    const nobody = rehearsal.service.addClient({ displayName: "nobody" });
    const news = inputsFor(version, target);
    expect(await check(news, { ...news }, nobody)).toEqual([]);
    expect(rehearsal.lines).toEqual([]);
  });

  it("waits for what is not known yet", async () => {
    expect(await check({ ...inputsFor(version, target), accountPath: UNKNOWN })).toEqual([]);
  });
});

describe("at preview, with the way out", () => {
  it("a right on the source account is missing", async () => {
    const client = rehearsal.service.addClient({ displayName: "production pipeline" });
    const [reason] = await check(inputsFor(version, target), {}, client);
    expect(reason).toContain("cannot read models for promotion in the account Tuning");
    expect(reason).toContain(`--assignee ${client.objectId} --role 'Cognitive Services OpenAI Contributor'`);
    expect(reason).toContain(`--scope ${rehearsal.accountId}`);
  });

  it("the version is gone", async () => {
    const gone = { ...version, jobId: `ftjob-${"0".repeat(32)}` };
    const [reason] = await check(inputsFor(gone, target));
    expect(reason).toMatch(
      /^Version 2 of dev can't be promoted: ftjob-0{32} and its model no longer exist in the account Tuning\. Set promote\.version to another version of dev/,
    );
  });

  it("the account that made it is gone", async () => {
    const promotedFrom = { ...version.promotedFrom, accountId: `${rehearsal.accountId}x` };
    const [reason] = await check(inputsFor({ ...version, promotedFrom }, target));
    expect(reason).toMatch(
      /^Version 2 of dev can't be promoted: its model was in the account Tuningx \(resource group .+\), which no longer exists\./,
    );
  });

  it("the region does not serve it so", async () => {
    target.location = "japaneast";
    const [reason] = await check(inputsFor(version, target));
    expect(reason).toBe(
      "Version 2 of dev can't be promoted: models tuned from gpt-4o-mini-2024-07-18 can't be deployed in japaneast as Standard. Set deploy.sku to GlobalStandard or ProvisionedManaged, or set location to a region that offers this SKU.",
    );
    expect(await check({ ...inputsFor(version, target), sku: "GlobalStandard" })).toEqual([]);
    const { sku: _, ...kept } = inputsFor(version, target);
    expect(await check(kept)).toEqual([]);
  });
});
