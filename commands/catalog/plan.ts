/** What one run of `npm run catalog` compares, and what it does about it. */
export interface CatalogPlan {
  write: boolean;
  /** Default: the regions that the catalog has for regional training. */
  regions?: string[];
  /** File of recorded lists, in place of those of Azure. */
  lists?: string;
  /** Address of the price feed. */
  feed: string;
  /** azure-native's settings of the stack. */
  provider: Record<string, string>;
}
