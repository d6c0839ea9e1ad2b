import { messageOf } from "../../azure-openai/message-of";
import { checkpointOf } from "../../azure-openai/model-names";
import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import { sameJson } from "../fine-tuning-job/canonical-json";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import { refuseForeignProjects } from "../runtime/foreign-projects";
import { refusePromotedVersions, refusePrunedVersions } from "../promoted-version/refuse-promoted";
import type { Handler } from "../runtime/handler";
import { PartialFailure } from "../runtime/partial-failure";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown, UNKNOWN } from "../runtime/unknown";
import { nameBySettings } from "./deployed-as";
import { isUndecided, planned } from "./planned";
import { noRoom } from "./require-room";
import { removeVersions } from "./remove-versions";
import type { Judgement, ModelVersionsInputs, ModelVersionsState } from "./schema";
import { whyKept } from "./why-kept";

/** What decides whether the register changes. */
const COMPARED = [
  ...(["versions", "servedModel", "servedKey", "servedCheckpoint", "rejected"] as const),
  ...(["retain", "pin", "deployed"] as const),
];

const ID = "versions";

export function modelVersionsHandler(context: Context) {
  const said = new Set<string>();

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    // In the inputs, so that a preview knows what `up` keeps, deletes and serves.
    check: async (olds: Partial<ModelVersionsInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      try {
        if (movesFrom(olds, news)) await refusePromotedVersions(context, olds, olds.versions);
        const plan = await planned(context, olds, withCheckpoint(withVerdicts(context, news)));
        const lacking = await noRoom(context, news, plan.next, olds?.servedModel);
        if (lacking !== undefined) return { inputs: news, failures: [{ property: "deployment", reason: lacking }] };
        context.register.keep(news.job, plan.kept);
        for (const line of plan.lines) {
          // A resource that is replaced is checked twice.
          if (!said.has(line)) context.print(`[plan] ${line}`);
          said.add(line);
        }
        return { inputs: { ...news, ...plan.inputs }, failures: [] };
      } catch (error) {
        return { inputs: news, failures: [{ property: "pin", reason: messageOf(error) }] };
      }
    },

    // In a promise, since what it throws stops the preview.
    diff: (_id, olds, news) =>
      Promise.resolve().then(() => {
        const replaces = accountReplaces(olds, news);
        // Known before this run, so nothing comes of an `up`.
        if (replaces.length === 0 && olds.jobId === news.jobId && nothingServes(news)) throw new Error(news.rejected);
        return {
          changes:
            replaces.length > 0 ||
            COMPARED.some((name) => differ(olds[name], news[name])) ||
            differ(olds.servedFrom ?? "", news.servedFrom ?? "") ||
            namesDiffer(olds, news) ||
            differ(olds.ownProject ?? "", news.ownProject ?? ""),
          replaces,
        };
      }),

    create: (inputs) => Promise.resolve().then(() => ({ id: ID, outs: stored(inputs) })),

    // Deletes first: until the state is stored, it names what is to be deleted.
    update: async (_id, olds, news) => {
      const stays = new Set(news.versions.map(({ jobId }) => jobId));
      // The job that was the newest may still serve: it is deleted with its own resource, after the deployment has changed.
      const gone = olds.versions.filter(({ jobId }) => !stays.has(jobId) && jobId !== olds.jobId);
      await refusePrunedVersions(context, news, gone);
      await removeVersions(context, news, gone);
      return { outs: stored(news) };
    },

    read: async (id, props) => {
      const state = props as ModelVersionsState;
      return (await dataPlaneIfAny(context, state.accountId)) ? { id, props: state } : {};
    },

    delete: async (_id, state) => {
      await refuseForeignDeployments(context, state);
      // With a deployment its probe has said so before anything was deleted.
      if (!state.deployed && state.ownProject !== undefined)
        await refuseForeignProjects(context, state, state.ownProject);
      await refusePromotedVersions(context, state, state.versions);
      context.register.release(state.job);
      // The newest one's job is a resource of its own, which deletes it.
      const others = state.versions.filter(({ jobId }) => jobId !== state.jobId);
      for (const version of others) {
        const kept = whyKept(version, state.retain);
        // Of a model that another stack has trained nothing is left here.
        if (kept && !version.promotedFrom) context.kept.push(`job ${version.jobId} and its model (${kept})`);
      }
      await removeVersions(context, state, others);
    },
  } satisfies Handler<ModelVersionsInputs, ModelVersionsState>;
}

/** Whether the register goes with its account: another one takes its place, without what that had. */
function movesFrom(
  olds: Partial<ModelVersionsInputs> | undefined,
  news: ModelVersionsInputs,
): olds is Partial<ModelVersionsInputs> & Pick<ModelVersionsInputs, "accountId" | "retain" | "versions"> {
  const { accountId, location, versions, retain } = olds ?? {};
  if (accountId === undefined || versions === undefined || retain === undefined) return false;
  return accountReplaces({ accountId, location }, news).length > 0;
}

/** @throws PartialFailure where there is no version that may serve: the register is stored, and nothing is deployed */
function stored(inputs: ModelVersionsInputs): ModelVersionsState {
  const state = toState({ ...inputs, stateVersion: 1 as const });
  if (nothingServes(inputs)) throw new PartialFailure(inputs.rejected, ID, inputs, state);
  return state;
}

function nothingServes({ rejected, servedModel }: ModelVersionsInputs): boolean {
  return servedModel === "" && rejected !== "" && !isUnknown(rejected);
}

/** With what the resources before this one know of the candidate: an evaluation that is only updated knows its verdict before its outputs do. */
function withVerdicts(context: Context, given: ModelVersionsInputs): ModelVersionsInputs & Judgement {
  const news = given.gated ? { ...given, refused: refusalOf(context, given) } : given;
  if (news.evaluation === undefined || !isUndecided(news)) return news;
  const known = context.verdicts.of(news.job);
  if (!known) return news;
  const { model, ...evaluation } = known;
  return { ...news, evaluation, fineTunedModel: isUnknown(news.fineTunedModel) ? model : news.fineTunedModel };
}

/**
 * Which checkpoint was chosen stands in its name: the setting says only that it is the best one. Two choices have two deployments where each
 * model has one.
 */
function withCheckpoint<T extends ModelVersionsInputs>(news: T): T {
  if (news.checkpoint !== "evaluated") return news;
  const { fineTunedModel } = news;
  const checkpoint = isUnknown(fineTunedModel) ? (UNKNOWN as never) : checkpointOf(fineTunedModel);
  return { ...news, checkpoint };
}

/** A run that leaves the model out (`--target`) says nothing of it: then what is in the register holds. */
function refusalOf({ register }: Context, { trainingKey, fineTunedModel }: ModelVersionsInputs): string | undefined {
  return register.refusalOf(trainingKey) ?? (isUnknown(fineTunedModel) ? UNKNOWN : undefined);
}

/** A state of an earlier release has no name: then it is the one by the settings, and nothing changes for its sake alone. */
function namesDiffer(olds: ModelVersionsState, { naming, servedAs, ...news }: ModelVersionsInputs): boolean {
  if (!servedAs) return false;
  const served = { trainingKey: news.servedKey || news.trainingKey, checkpoint: news.servedCheckpoint };
  return differ(olds.servedAs || nameBySettings(naming, served), servedAs);
}

function differ(old: unknown, now: unknown): boolean {
  return hasUnknown(now) || !sameJson(old, now);
}

export const handler = modelVersionsHandler(providerProcess);
