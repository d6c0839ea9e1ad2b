import type { NextVersions } from "./next-versions";
import type { ModelVersion, ModelVersionsArgs } from "./schema";
import type { Held } from "./still-deployed";
import { whyKept } from "./why-kept";

interface Told extends NextVersions, Pick<ModelVersionsArgs, "retain"> {
  /** Whether the candidate is yet to be judged. */
  undecided: boolean;
  /** Versions beyond the limit that stay, since they are served or may be. */
  held: Held[];
  /** Versions that stay if the candidate does not pass. Default: as if it passed. */
  stays?: ModelVersion[];
}

/** A new name of the deployment, while the candidate is yet to be judged. @param from - its name until then */
export function renamedIfPassed(from: string): string {
  return `The deployment keeps its name ${from} unless the new model passes its evaluation; only then is it replaced by one with its new name`;
}

/** What becomes of trained models, one sentence each, in words that are the same in a preview and in `up`. @param left - jobs whose resource goes */
export function planLines(
  left: string[],
  { versions, dropped, served, retain, held, stays = [], ...next }: Told,
): string[] {
  const kept = left.flatMap((leaving) => {
    const stays = versions.find((one) => one.jobId === leaving);
    if (stays)
      return stays.version === served?.version ? [] : [`Keeps the model of ${leaving} as version ${stays.version}`];
    const listed = dropped.some((one) => one.jobId === leaving);
    return listed ? [] : [`Deletes ${leaving} and its model, which was never deployed`];
  });
  const gone = dropped.map((one) => {
    const reason = whyKept(one, retain);
    const what = `version ${one.version} (${one.jobId})`;
    const setting = `retain.versions is ${retain.versions}`;
    const onlyIf = stays.some(({ version }) => version === one.version)
      ? ". Only if the new model passes its evaluation"
      : "";
    return reason === undefined
      ? `Deletes ${what} with its model: ${setting}${onlyIf}`
      : `No longer lists ${what}, whose model is kept (${reason}): ${setting}${onlyIf}`;
  });
  const unread = held.flatMap(({ version: { version, jobId }, unread: why }) =>
    why === undefined
      ? []
      : [
          `Keeps version ${version} (${jobId}) for now, since it could not be checked whether a deployment serves it: ${why}`,
        ],
  );
  return [...returns({ served, ...next }), ...kept, ...gone, ...unread];
}

/** Where a version serves that was trained before. */
function returns({ served, wasThere, before, undecided }: Pick<Told, "served" | "wasThere" | "before" | "undecided">) {
  if (!served || !wasThere || !before || before.version === served.version) return [];
  const verb = served.version < before.version ? "Returns to" : "Serves";
  const judged = undecided ? ", if it passes its evaluation" : "";
  return [`${verb} version ${served.version} (${served.jobId}), which is already trained: $0${judged}`];
}
