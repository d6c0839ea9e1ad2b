import type { NextVersions } from "./next-versions";
import { whyKept } from "./remove-versions";
import type { ModelVersionsArgs } from "./schema";

/** What becomes of trained models, one sentence each, in words that are the same in a preview and in `up`. */
export function planLines(
  left: string[],
  { versions, dropped, served, wasThere, before, retain }: NextVersions & Pick<ModelVersionsArgs, "retain">,
): string[] {
  const { version, jobId } = served;
  const changes = wasThere && before && before.version !== version;
  const verb = before && version < before.version ? "Returns to" : "Serves";
  const returns = changes ? [`${verb} version ${version} (${jobId}), which is already trained: $0`] : [];
  const kept = left.flatMap((leaving) => {
    const stays = versions.find((one) => one.jobId === leaving);
    if (stays) return stays.version === version ? [] : [`Keeps the model of ${leaving} as version ${stays.version}`];
    const listed = dropped.some((one) => one.jobId === leaving);
    return listed ? [] : [`Deletes ${leaving} with its model, which never served`];
  });
  const gone = dropped.map((one) => {
    const reason = whyKept(one, retain);
    const what = `version ${one.version} (${one.jobId})`;
    return reason === undefined
      ? `Deletes ${what} with its model: retain.versions is ${retain.versions}`
      : `No longer lists ${what}, whose model is kept (${reason}): retain.versions is ${retain.versions}`;
  });
  return [...returns, ...kept, ...gone];
}
