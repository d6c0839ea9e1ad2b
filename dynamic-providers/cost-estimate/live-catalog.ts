import { AzureFailure } from "../../azure-openai/failure";
import { type Catalog, catalogFrom, catalogInRegion, overrideCatalog } from "../../catalog";
import type { Context } from "../runtime/context";
import { regionModels } from "../runtime/region-models";
import type { CostEstimateArgs } from "./schema";

/** What is asked of the region, and for whom. */
export type LiveQuestion = Partial<
  Pick<CostEstimateArgs, "subscriptionId" | "location" | "accountKind" | "deploymentSku" | "deploy" | "catalogFile">
>;

/** The catalog as the region has it today; undefined where that can't be known. */
export type ReadLiveCatalog = (question: LiveQuestion, today: Date) => Promise<Catalog | undefined>;

/**
 * Lays the region's own list of models over the shipped catalog, and a `catalogFile` over both. It reads, with one request per process.
 * Where the list can't be read (offline, a right that is missing), it says so in one line, and the shipped catalog decides as before.
 */
export function liveCatalogs(context: Context): ReadLiveCatalog {
  const told = new Set<string>();
  return async ({ subscriptionId, location, accountKind = "OpenAI", deploymentSku, deploy, catalogFile }, today) => {
    if (subscriptionId === undefined || location === undefined) return undefined;
    try {
      const models = await regionModels(context, subscriptionId, location);
      const question = { accountKind, deploymentSku: deploy ? deploymentSku : undefined, today };
      // Of a model that only the file has, the list says what the file leaves open; what the file says itself comes last.
      const live = catalogInRegion(catalogFrom(catalogFile), { location, models }, question);
      return catalogFile ? overrideCatalog(catalogFile, live) : live;
    } catch (error) {
      if (!(error instanceof AzureFailure)) throw error;
      const line = `[live] Could not read the list of models for ${location}, so the built-in catalog is used instead: ${reasonOf(error)}`;
      if (!told.has(line)) context.print(line);
      told.add(line);
      return undefined;
    }
  };
}

/** What would allow it, where that is a right. */
function reasonOf({ status, said }: AzureFailure): string {
  return status === 403 ? `${said}. To allow it, assign the Reader role on the subscription.` : said;
}
