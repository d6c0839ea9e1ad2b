import type { ModelVersion } from "./schema";

/** How the candidate becomes another one, and for how much: by a training, or in a stack that promotes by the setting. */
export function anotherVersion({ promotedFrom }: Pick<ModelVersion, "promotedFrom">): string {
  return promotedFrom
    ? `set \`promote.version\` to a version of ${promotedFrom.stack} other than ${promotedFrom.version} (nothing is trained)`
    : "change the data or settings to train a new version (you will be charged for that training)";
}
