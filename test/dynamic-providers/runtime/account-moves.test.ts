import { describe, expect, it } from "@jest/globals";
import { AccountMoves } from "../../../dynamic-providers/runtime/account-moves";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const account = (name: string) =>
  `/subscriptions/1/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/${name}`;
const job = (accountId: string, location = "northcentralus", logicalName = "tutor-job") => ({
  ...{ accountId, location, logicalName },
});

describe("of two accounts of one program", () => {
  it("the one that this run makes is empty, and the other is not taken for it", () => {
    const moves = new AccountMoves();
    moves.makes(account("New"));
    expect(moves.isMade(account("new"))).toBe(true);
    expect(moves.isMade(account("old"))).toBe(false);
  });

  it("one is replaced: its jobs move, and those of the other stay", () => {
    const moves = new AccountMoves();
    moves.replaces(account("a"), { accountId: account("a2"), location: "Sweden Central" });
    expect([moves.isLeft(account("A"), "x"), moves.isLeft(account("b"), "x")]).toEqual([true, false]);
    expect([moves.isMoved(job(account("A2"))), moves.isMoved(job(account("b")))]).toEqual([true, false]);
  });

  it("a job whose account has no id yet belongs to the one that is replaced in its region, or anywhere", () => {
    const moves = new AccountMoves();
    expect(moves.isMoved(job(UNKNOWN))).toBe(false);
    moves.replaces(account("a"), { accountId: account("a2"), location: "Sweden Central" });
    expect(moves.isMoved(job(UNKNOWN, "swedencentral"))).toBe(true);
    expect(moves.isMoved(job(UNKNOWN, "eastus2"))).toBe(false);
    expect(moves.isMoved(job(UNKNOWN, UNKNOWN))).toBe(true);
    moves.replaces(account("b"), { accountId: UNKNOWN, location: UNKNOWN });
    expect(moves.isMoved(job(UNKNOWN, "eastus2"))).toBe(true);
  });

  it("a job goes from one to the other alone", () => {
    const moves = new AccountMoves();
    moves.moves("tutor-job");
    expect(moves.isMoved(job(account("b")))).toBe(true);
    expect(moves.isMoved(job(account("b"), "northcentralus", "critic-job"))).toBe(false);
    expect(moves.isLeft(account("a"), "tutor-job")).toBe(true);
  });
});
