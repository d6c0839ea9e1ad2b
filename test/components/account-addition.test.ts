import { describe, expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { AccountAddition, ContentFilter } from "../../components";
import { additionsOf, managesRoles } from "../../components/account-addition";
import { mockProgram, settled } from "../support/mocked-program";

describe("what is given as access", () => {
  it("counts as roles, but for what is put beside the account", async () => {
    await mockProgram();
    const account = { resourceGroupName: "rg", accountName: "acc", accountId: "id" };
    const filter = new ContentFilter("filter", { account });
    const roles = new pulumi.ComponentResource("test:index:Roles", "roles");
    await settled();
    expect(filter).toBeInstanceOf(AccountAddition);
    expect([undefined, [], [filter], [roles], [filter, roles]].map(managesRoles)).toEqual([
      ...[false, false, false, true, true],
    ]);
    expect(additionsOf([roles, filter])).toEqual([filter]);
    expect(additionsOf()).toEqual([]);
  });
});
