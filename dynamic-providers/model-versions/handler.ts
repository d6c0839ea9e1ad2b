import { accountReplaces } from "../runtime/account-identity";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import { canonicalJson } from "../fine-tuning-job/canonical-json";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import type { Handler } from "../runtime/handler";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown } from "../runtime/unknown";
import { nextVersions } from "./next-versions";
import { stillDeployed } from "./still-deployed";
import { planLines } from "./plan-lines";
import { removeVersions, whyKept } from "./remove-versions";
import { trainedVersion } from "./trained-version";
import type { ModelVersion, ModelVersionsInputs, ModelVersionsState } from "./schema";

/** What decides whether the register changes. */
const COMPARED = ["versions", "servedModel", "servedKey", "servedCheckpoint", "retain", "pin", "deployed"] as const;

export function modelVersionsHandler(context: Context) {
  const said = new Set<string>();

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    // In the inputs, so that a preview knows what `up` keeps, deletes and serves.
    check: async (olds: Partial<ModelVersionsInputs> | undefined, news) => {
      context.liveIds.sawProgram();
      const { deployed, pin, retain } = news;
      const register = registerBefore(context, olds, news);
      try {
        const next = nextVersions(register, trainedVersion(news), { limit: retain.versions, deployed, pin });
        const pruned = next.dropped.filter(({ jobId }) => jobId !== olds?.jobId);
        const held = await stillDeployed(context, news.accountId, pruned);
        const versions = [...next.versions, ...held].sort((a, b) => b.version - a.version);
        const dropped = next.dropped.filter((version) => !held.includes(version));
        context.register.keep(news.job, versions);
        for (const line of planLines(context.register.leftBy(news.job), { ...next, versions, dropped, retain })) {
          // A resource that is replaced is checked twice.
          if (!said.has(line)) context.print(`[plan] ${line}`);
          said.add(line);
        }
        const { fineTunedModel, trainingKey, checkpoint } = next.served;
        return {
          inputs: {
            ...news,
            versions,
            servedModel: fineTunedModel,
            servedKey: trainingKey,
            servedCheckpoint: checkpoint,
          },
          failures: [],
        };
      } catch (error) {
        return { inputs: news, failures: [{ property: "pin", reason: (error as Error).message }] };
      }
    },

    diff: (_id, olds, news) => {
      const replaces = accountReplaces(olds, news);
      const changes = replaces.length > 0 || COMPARED.some((name) => differ(olds[name], news[name]));
      return Promise.resolve({ changes, replaces });
    },

    create: (inputs) => Promise.resolve({ id: "versions", outs: newState(inputs) }),

    // Deletes first: until the state is stored, it names what is to be deleted.
    update: async (_id, olds, news) => {
      const stays = new Set(news.versions.map(({ jobId }) => jobId));
      // The job that was the newest may still serve: it is deleted with its own resource, after the deployment has changed.
      const gone = olds.versions.filter(({ jobId }) => !stays.has(jobId) && jobId !== olds.jobId);
      await removeVersions(context, news, gone);
      return { outs: newState(news) };
    },

    read: async (id, props) => {
      const state = props as ModelVersionsState;
      return (await dataPlaneIfAny(context, state.accountId)) ? { id, props: state } : {};
    },

    delete: async (_id, state) => {
      await refuseForeignDeployments(context, state.accountId);
      context.register.release(state.job);
      // The newest one's job is a resource of its own, which deletes it.
      const others = state.versions.filter(({ jobId }) => jobId !== state.jobId);
      for (const version of others) {
        const kept = whyKept(version, state.retain);
        if (kept) context.kept.push(`job ${version.jobId} and its model (${kept})`);
      }
      await removeVersions(context, state, others);
    },
  } satisfies Handler<ModelVersionsInputs, ModelVersionsState>;
}

/** The register so far. A stack of an earlier release has none: it begins with the model that is replaced in this run, if there is one. */
function registerBefore(
  context: Context,
  olds: Partial<ModelVersionsInputs> | undefined,
  news: ModelVersionsInputs,
): ModelVersion[] {
  if (olds?.versions) {
    return accountReplaces({ accountId: olds.accountId!, location: olds.location }, news).length > 0
      ? []
      : olds.versions;
  }
  if (isUnknown(news.accountId) || context.plan.accounts.isMoved({ ...news, logicalName: news.job })) return [];
  return context.register.predecessors(news.job).map((version, index) => ({
    ...trainedVersion(version),
    version: index + 1,
    status: news.deployed ? "serving" : "kept",
  }));
}

function differ(old: unknown, now: unknown): boolean {
  return hasUnknown(now) || canonicalJson(old ?? null) !== canonicalJson(now ?? null);
}

function newState(inputs: ModelVersionsInputs): ModelVersionsState {
  return toState({ ...inputs, stateVersion: 1 as const });
}

export const handler = modelVersionsHandler(providerProcess);
