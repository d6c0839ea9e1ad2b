import type { NextVersions } from "./next-versions";
import type { ModelVersionsArgs } from "./schema";
import type { Held } from "./still-deployed";
import { whyKept } from "./why-kept";

interface Told extends NextVersions, Pick<ModelVersionsArgs, "retain"> {
  /** Whether the candidate is yet to be judged. */
  undecided: boolean;
  /** Versions beyond the limit that stay, since they are served or may be. */
  held: Held[];
}

/** What becomes of trained models, one sentence each, in words that are the same in a preview and in `up`. @param left - jobs whose resource goes */
export function planLines(left: string[], { versions, dropped, served, retain, held, ...next }: Told): string[] {
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
    return reason === undefined
      ? `Deletes ${what} with its model: retain.versions is ${retain.versions}`
      : `No longer lists ${what}, whose model is kept (${reason}): retain.versions is ${retain.versions}`;
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
