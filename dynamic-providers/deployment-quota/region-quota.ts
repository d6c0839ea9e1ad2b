import { sameName } from "../../format/same-name";
import type { AccountControl, QuotaUsage } from "../../azure-openai/account-control";
import { AzureFailure } from "../../azure-openai/failure";
import type { RegionModel, RegionSku } from "../../azure-openai/region-model";
import { quotaNameOf, tierOf } from "./quota-name";

/** What a quota is asked for. */
export interface QuotaQuestion {
  location: string;
  /** Base model, or one tuned from it. */
  model: string;
  /** Deployment type. */
  sku: string;
  /** Whether the base model itself is deployed. @default false */
  base?: boolean;
}

/** A quota, or why it can't be read. */
export type Quota = QuotaUsage | { unknown: string };

/** The region's entry for such deployments: its quota, and what one of them may have. */
export type Tier = Pick<RegionSku, "capacity">;

/** The quota of fine-tuned deployments in a region, whatever their model (recorded: limit 10, 8 in 2023). */
const TUNED_DEPLOYMENTS = "OpenAI.FineTuned.Deployments";

/** Quotas of a region that a deployment of a tuned model, or of a base model, needs. The region's list of models, which names them, is read once. */
export class RegionQuota {
  private models: RegionModel[] | undefined;

  constructor(
    private readonly accounts: Pick<AccountControl, "models" | "usages">,
    private readonly question: QuotaQuestion,
  ) {}

  /** @throws Error that is none of Azure's */
  async read(): Promise<{ capacity: Quota; tunedDeployments: Quota; tier?: Tier }> {
    const { location, model, sku, base } = this.question;
    try {
      const name = await this.nameFor(sku, model, base);
      const usages = await this.accounts.usages(location);
      const find = (wanted: string): Quota =>
        usages.find((usage) => sameName(usage.name, wanted)) ?? {
          unknown: `the region lists no ${wanted}`,
        };
      return {
        capacity: name === undefined ? { unknown: `the region lists no ${sku} quota for ${model}` } : find(name),
        tunedDeployments: find(TUNED_DEPLOYMENTS),
        tier: tierOf(this.models ?? [], sku, model, !base),
      };
    } catch (error) {
      if (!(error instanceof AzureFailure)) throw error;
      return { capacity: { unknown: error.message }, tunedDeployments: { unknown: error.message } };
    }
  }

  /** Name of the quota that such a deployment draws on, if the region lists it. @throws AzureFailure */
  async nameFor(sku: string, model: string, base = false): Promise<string | undefined> {
    this.models ??= await this.accounts.models(this.question.location);
    return quotaNameOf(this.models, sku, model, !base);
  }
}
