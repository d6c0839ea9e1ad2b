import { sameLocation } from "../../azure-openai/account-reference";
import { isUnknown } from "../runtime/unknown";
import type { AccountPurgeInputs } from "./schema";

/**
 * An account can't be moved: under another region or group it is a new one, whose name the old, soft-deleted one would still hold
 * while it is created. Refused at preview, before anything is deleted.
 *
 * @returns what is wrong, in a sentence, by property
 */
export function refuseMove(
  olds: Partial<AccountPurgeInputs>,
  news: AccountPurgeInputs,
): { property: string; reason: string }[] {
  const { accountName } = news;
  if (isUnknown(accountName) || olds.accountName?.toLowerCase() !== accountName.toLowerCase()) return [];
  const failures: { property: string; reason: string }[] = [];
  const wayOut = "Set another `account.name`, or run `pulumi destroy` first.";
  if (olds.location !== undefined && !isUnknown(news.location) && !sameLocation(olds.location, news.location)) {
    failures.push({
      property: "location",
      reason: `account ${accountName} is in ${olds.location} and can't move to ${news.location} without a new name. ${wayOut}`,
    });
  }
  const { resourceGroupName: oldGroup } = olds;
  const { resourceGroupName: group } = news;
  if (oldGroup !== undefined && !isUnknown(group) && oldGroup.toLowerCase() !== group.toLowerCase()) {
    failures.push({
      property: "resourceGroupName",
      reason: `account ${accountName} is in resource group ${oldGroup} and can't move to ${group} without a new name. ${wayOut}`,
    });
  }
  return failures;
}
