/** Whether two names are the same at Azure, where case does not matter in those of accounts, deployments, models, kinds and SKUs; an absent one is none. */
export function sameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
