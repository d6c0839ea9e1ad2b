import { sameAccount } from "../../azure-openai/account-reference";
import { accountReplaces } from "../runtime/account-identity";
import type { Context } from "../runtime/context";
import { isUnknown } from "../runtime/unknown";
import { eitherWay } from "./either-way";
import { deployedAs, nameBySettings } from "./deployed-as";
import { type NextVersions, nextVersions } from "./next-versions";
import { planLines, renamedIfPassed } from "./plan-lines";
import { rejection } from "./rejection";
import type { Judgement, ModelVersion, ModelVersionsInputs } from "./schema";
import { type Held, stillDeployed } from "./still-deployed";
import { trainedVersion } from "./trained-version";

type Decided = Pick<
  ModelVersionsInputs,
  "versions" | "servedModel" | "servedKey" | "servedCheckpoint" | "servedFrom" | "servedAs" | "rejected"
>;

/** What this run makes of the register. */
export interface PlannedVersions {
  /** For the resource; what depends on a verdict that is not there yet is unknown. */
  inputs: Decided;
  /** The versions that stay; if the candidate is yet to be judged, as if it passed. */
  kept: ModelVersion[];
  /** What becomes of trained models, one sentence each. */
  lines: string[];
  /** Which version serves, and did; if the candidate is yet to be judged, as if it passed. */
  next: Pick<NextVersions, "served" | "before" | "wasThere">;
}

/** A rejection that stands for any: only where it leads counts. */
const REJECTED = { passed: false, reasons: ["it did not pass"], summary: "", key: "", evaluatedAt: null };

/** Whether it is not known yet if the candidate passes: `up` finds out. */
export function isUndecided({ evaluation, refused }: Judgement): boolean {
  return isUnknown(refused) || (evaluation !== undefined && (isUnknown(evaluation) || isUnknown(evaluation.passed)));
}

/** @throws Error when the pinned version is not in the register, or did not pass */
export async function planned(
  context: Context,
  olds: Partial<ModelVersionsInputs> | undefined,
  news: ModelVersionsInputs & Judgement,
): Promise<PlannedVersions> {
  const register = registerBefore(context, olds, news);
  const undecided = isUndecided(news);
  const next = await outcome(
    context,
    register,
    olds,
    undecided && isUnknown(news.refused) ? { ...news, refused: "" } : news,
  );
  const { versions } = next;
  const linesOf = (stays?: ModelVersion[]) =>
    planLines(context.register.leftBy(news.job), { ...next, retain: news.retain, undecided, stays });
  if (!undecided) return { inputs: decided(next, news), kept: versions, lines: linesOf(), next };
  const refused = isUnknown(news.refused) ? "it did not pass" : news.refused;
  const other = { ...news, refused, evaluation: news.evaluation && REJECTED };
  // A pinned version that would be refused is told of by `up`.
  const rejected = await outcome(context, register, olds, other).catch(() => undefined);
  const lines = linesOf(rejected?.versions);
  const inputs = rejected ? (eitherWay(decided(next, news), decided(rejected, other)) as Decided) : decided(next, news);
  const waits = rejected && renamed(rejected.servedAs ?? "", rejected, news);
  const onlyIf = waits ? [renamedIfPassed(waits.from)] : [];
  return { inputs, kept: versions, lines: [...lines, ...onlyIf], next };
}

type Outcome = NextVersions & Pick<ModelVersionsInputs, "rejected" | "servedAs"> & { held: Held[] };

async function outcome(
  context: Context,
  register: ModelVersion[],
  olds: Partial<ModelVersionsInputs> | undefined,
  news: ModelVersionsInputs & Judgement,
): Promise<Outcome> {
  const { deployed, pin, retain, evaluation, gated, trainingKey } = news;
  const known = gated ? register.find((version) => version.trainingKey === trainingKey)?.refused : undefined;
  const { refused = known } = news;
  const judged = evaluation !== undefined;
  const candidate = {
    ...trainedVersion(news),
    ...(judged && { evaluation }),
    ...(refused !== undefined && { refused }),
  };
  const next = nextVersions(register, candidate, { limit: retain.versions, deployed, pin, judged });
  const held = await stillDeployed(context, news.accountId, next.dropped, olds?.jobId);
  const stay = held.map(({ version }) => version);
  const why = rejection(next, { judged, pin });
  const servedAs = await deployedAs(context, next, olds, news, why);
  return {
    ...next,
    versions: [...next.versions, ...stay].sort((a, b) => b.version - a.version),
    dropped: next.dropped.filter((version) => !stay.includes(version)),
    held,
    servedAs,
    rejected: why && rejection(next, { judged, pin, waits: renamed(servedAs, next, news) }),
  };
}

/** A name that waits, and the one that the deployment has until then. */
function renamed(
  servedAs: string,
  { served, candidate }: NextVersions,
  { naming }: ModelVersionsInputs,
): { from: string; to: string } | undefined {
  const to = nameBySettings(naming, served ?? candidate);
  return servedAs === to || isUnknown(to) ? undefined : { from: servedAs, to };
}

function decided(
  { versions, served, servedAs, rejected }: Outcome,
  { checkpoint, accountId }: ModelVersionsInputs,
): Decided {
  const from = served?.promotedFrom?.accountId;
  const isElsewhere = from !== undefined && (isUnknown(accountId) || !sameAccount(from, accountId));
  return {
    versions,
    servedModel: served?.fineTunedModel ?? "",
    servedKey: served?.trainingKey ?? "",
    servedCheckpoint: served?.checkpoint ?? checkpoint,
    servedFrom: isElsewhere ? from : "",
    ...(servedAs && { servedAs }),
    rejected,
  };
}

/** The register so far. A stack of an earlier release has none: it begins with the model that is replaced in this run, if there is one. */
function registerBefore(
  context: Context,
  olds: Partial<ModelVersionsInputs> | undefined,
  news: ModelVersionsInputs,
): ModelVersion[] {
  if (olds?.versions) {
    const moved = accountReplaces({ accountId: olds.accountId!, location: olds.location }, news).length > 0;
    return moved ? [] : olds.versions;
  }
  if (isUnknown(news.accountId) || context.plan.accounts.isMoved({ ...news, logicalName: news.job })) return [];
  return context.register.predecessors(news.job).map((version, index) => ({
    ...trainedVersion(version),
    version: index + 1,
    status: news.deployed ? "serving" : "kept",
  }));
}
