import { describe, expect, it } from "@jest/globals";
import type { AccountControl, DeletedAccount } from "../../../azure-openai/account-control";
import { heldName, restorable } from "../../../dynamic-providers/account-purge/held-name";

const target = { accountName: "Tuning", resourceGroupName: "Group", location: "westus" };
const deleted = (found: DeletedAccount) => ({ deleted: () => Promise.resolve(found) }) as unknown as AccountControl;

describe("on Azure", () => {
  it("a held name has three ways out, with their commands", async () => {
    const control = deleted({ scheduledPurgeDate: "2026-11-24T13:00:57.9910000Z" });
    expect(await heldName(control, target, false)).toBe(
      "The account name Tuning is held by a soft-deleted account until 2026-11-24 13:00 UTC. " +
        "If this stack created it, restore it (az cognitiveservices account recover -n Tuning -g Group -l westus), then run: npm run recover. " +
        "Or set another `account.name`. Or purge it (az cognitiveservices account purge -n Tuning -g Group -l westus): that permanently deletes its files, jobs and paid models.",
    );
  });

  it.each([
    ["2026-11-24T13:00:57.9910000Z", "by 2026-11-24 13:00 UTC"],
    [undefined, "within 48 hours of the deletion"],
  ])("what is kept is gone unless the account is restored (purge date %s)", (date, until) => {
    expect(restorable(target, date, false)).toBe(
      "account Tuning was deleted but not purged, because it holds resources you asked to keep (retain, existingJobId). " +
        `They will be permanently lost unless you restore the account ${until} (az cognitiveservices account recover -n Tuning -g Group -l westus, then npm run recover). ` +
        "To delete it permanently and release the name, run: az cognitiveservices account purge -n Tuning -g Group -l westus",
    );
  });
});
