import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices, resources } from "../clients";

describe("tags by themselves", () => {
  let service: TestService;
  let account: string;
  let subscription: string;
  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Tagged").id;
    subscription = `/subscriptions/${service.subscriptionId}`;
  });
  afterAll(() => service.close());

  const tags = () => resources(service).tagsOperations;
  const patch = async (operation: string, given: Record<string, string>) => {
    await tags().beginUpdateAtScopeAndWait(account, { operation, properties: { tags: given } });
    return (await cognitiveServices(service).accounts.get("ResourceGroup1", "Tagged")).tags;
  };

  it("are replaced, merged and deleted, and are those of the account", async () => {
    const { etag } = await cognitiveServices(service).accounts.get("ResourceGroup1", "Tagged");
    await tags().beginCreateOrUpdateAtScopeAndWait(account, { properties: { tags: { env: "tmp" } } });
    expect(await patch("Merge", { ENV: "prod", owner: "me" })).toEqual({ ENV: "prod", owner: "me" });
    expect(await patch("Delete", { env: "tmp" })).toEqual({ ENV: "prod", owner: "me" });
    expect(await patch("Delete", { env: "prod", owner: "" })).toEqual({});
    expect(await patch("Replace", { only: "this" })).toEqual({ only: "this" });
    expect((await tags().getAtScope(account)).properties?.tags).toEqual({ only: "this" });
    expect((await cognitiveServices(service).accounts.get("ResourceGroup1", "Tagged")).etag).not.toBe(etag);
    await tags().beginDeleteAtScopeAndWait(account);
    expect((await tags().getAtScope(account)).properties?.tags).toEqual({});
  });

  it("of a group and of the subscription, too", async () => {
    for (const scope of [`${subscription}/resourceGroups/ResourceGroup1`, subscription]) {
      await tags().beginCreateOrUpdateAtScopeAndWait(scope, { properties: { tags: { at: scope } } });
      expect((await tags().getAtScope(scope)).properties?.tags).toEqual({ at: scope });
    }
    expect((await resources(service).resourceGroups.get("ResourceGroup1")).tags).toEqual({
      at: `${subscription}/resourceGroups/ResourceGroup1`,
    });
  });

  it.each([
    ["no tags", "Merge", undefined],
    ["another operation", "Swap", { a: "b" }],
  ])("%s is refused", async (_what, operation, given) => {
    const asked = tags().beginUpdateAtScopeAndWait(account, { operation, properties: { tags: given } });
    await expect(asked).rejects.toMatchObject({ statusCode: 400, code: "InvalidRequestContent" });
  });

  it("an account that is not there has none", async () => {
    await expect(tags().getAtScope(`${account}x`)).rejects.toMatchObject({ code: "ResourceNotFound" });
  });
});
