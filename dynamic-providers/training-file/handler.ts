import { messageOf } from "../../azure-openai/message-of";
import type { DataPlane } from "../../azure-openai/data-plane";
import { readContent } from "../../datasets/sources";
import { accountReplaces } from "../runtime/account-identity";
import { readAccountLimits } from "../runtime/account-limits";
import { providerProcess, type Context } from "../runtime/context";
import { dataPlaneForWriting, dataPlaneIfAny } from "../runtime/data-plane";
import { previewedTags } from "../dataset/previewed-tags";
import { lookUpJob } from "../fine-tuning-job/look-up-job";
import { refuseForeignDeployments } from "../runtime/foreign-deployments";
import type { Handler } from "../runtime/handler";
import { isNotFound } from "../../azure-openai/failure";
import { PartialFailure } from "../runtime/partial-failure";
import { sayAs } from "../runtime/say";
import { serializeByKey } from "../runtime/serialize-by-key";
import { toState } from "../runtime/to-state";
import { isUnknown, UNKNOWN } from "../runtime/unknown";
import { accountTaken } from "./account-taken";
import { ensureFile, UPLOAD_LIMITS, type EnsureOptions, type Progress, type UploadLimits } from "./ensure-file";
import { remoteName } from "./remote-name";
import type { PartialTrainingFileState, TrainingFileInputs, TrainingFileState } from "./schema";

export function trainingFileHandler(context: Context, limits: UploadLimits = UPLOAD_LIMITS) {
  const turns = serializeByKey();

  /** Two resources with the same bytes share one remote file: the second waits and then finds it. */
  function ensure(inputs: TrainingFileInputs, upload?: PartialTrainingFileState["upload"]): Promise<TrainingFileState> {
    return turns(`${inputs.accountId}/${inputs.remoteName}`.toLowerCase(), () => ensureAlone(inputs, upload));
  }

  async function ensureAlone(
    inputs: TrainingFileInputs,
    upload: PartialTrainingFileState["upload"],
  ): Promise<TrainingFileState> {
    const say = sayAs(context, `training-file ${inputs.remoteName}`);
    const progress: Progress = { upload };
    const options: EnsureOptions = {
      ...{ clock: context.clock, limits, say, progress },
      read: () => readContent(inputs, context.blobs),
      inUse: (id) => context.liveIds.has(id),
      stopIfOrphaned: () => context.stopIfOrphaned(),
    };
    const broken = (message: string) =>
      new PartialFailure(message, inputs.remoteName, inputs, { stateVersion: 1, ...progress });
    try {
      previewedTags.refuseChanged(inputs.parts ?? []);
      const dataPlane = await dataPlaneForWriting(context, inputs, say);
      const beforeUpload = () => requireFileLimit(context, dataPlane, inputs, say);
      const file = await ensureFile(dataPlane, inputs, { ...options, beforeUpload });
      if (file.status === "error") {
        throw broken(
          `${inputs.path}: the service rejected the file ${file.id}: ${file.status_details || "no reason given"}. Fix the dataset and run \`pulumi up\` again.`,
        );
      }
      if (file.status !== "processed") {
        throw broken(
          `${inputs.path}: the file ${file.id} is still ${file.status}; run \`pulumi up\` again to keep waiting.`,
        );
      }
      context.liveIds.use(file.id);
      const { id: fileId, status, created_at: createdAt } = file;
      return toState({ ...inputs, stateVersion: 1 as const, fileId, status, createdAt });
    } catch (error) {
      // What the account has by now must not be lost with the error.
      if (error instanceof PartialFailure || (!progress.fileId && !progress.upload)) throw error;
      throw broken(messageOf(error));
    }
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (_olds, news) => {
      context.liveIds.sawProgram();
      const known = !isUnknown(news.path) && !isUnknown(news.sha256);
      const name = known ? remoteName(news.path, news.sha256, news.owner) : UNKNOWN;
      const taken = await accountTaken(context, news);
      return {
        inputs: { ...news, remoteName: name },
        failures: taken === undefined ? [] : [{ property: "accountId", reason: taken }],
      };
    },

    diff: (_id, olds, news) => {
      const replaces: string[] = accountReplaces(olds, news);
      if (isUnknown(news.sha256) || isUnknown(news.contentSha256) || !sameContent(olds, news)) replaces.push("sha256");
      if (news.purpose !== olds.purpose) replaces.push("purpose");
      if (replaces.length === 0 && olds.fileId) context.liveIds.keep(olds.fileId);
      // A refresh clears the mark of a partial failure; the stored status doesn't forget it.
      const unfinished = olds.status !== "processed";
      const changed =
        news.path !== olds.path ||
        (news.retain ?? false) !== (olds.retain ?? false) ||
        (news.adoptedJobId ?? olds.adoptedJobId) !== olds.adoptedJobId;
      return Promise.resolve({ changes: replaces.length > 0 || unfinished || changed, replaces });
    },

    create: async (inputs) => ({ id: inputs.remoteName, outs: await ensure(inputs) }),

    update: async (_id, olds, news) => {
      // Another path or folder with the same bytes: the remote file keeps the name under which it was uploaded.
      // A job stays adopted when existingJobId is removed from the settings.
      const { remoteName, adoptedJobId } = olds;
      // The same rows with other line ends: what is on the account is what was uploaded.
      const uploaded = olds.fileId ? { sha256: olds.sha256, bytes: olds.bytes } : {};
      const inputs = { ...news, ...uploaded, remoteName, adoptedJobId: news.adoptedJobId ?? adoptedJobId };
      return { outs: await ensure(inputs, (olds as PartialTrainingFileState).upload) };
    },

    read: async (id, props) => {
      const state = props as TrainingFileState;
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      if (!dataPlane) return {};
      if (!state.fileId) return { id, props: state };
      try {
        const file = await dataPlane.files.get(state.fileId);
        return ["deleted", "deleting"].includes(file.status) ? {} : { id, props: { ...state, status: file.status } };
      } catch (error) {
        if (isNotFound(error)) return {};
        throw error;
      }
    },

    delete: async (_id, state) => {
      const say = sayAs(context, `training-file ${state.remoteName}`);
      await refuseForeignDeployments(context, state);
      if (context.liveIds.has(state.fileId)) return say(`${state.fileId} is in use again; kept`);
      if (state.retain) {
        context.kept.push(`file ${state.fileId} (${state.remoteName}), kept by retain`);
        return say(`${state.fileId} kept (\`retain\`)`);
      }
      const dataPlane = await dataPlaneIfAny(context, state.accountId);
      if (!dataPlane) return;
      const { upload } = state as PartialTrainingFileState;
      // It would expire on its own; cancelling frees the room at once.
      if (upload) await dataPlane.uploads.cancel(upload.id).catch(() => undefined);
      if (!state.fileId) return;
      if (await isOfAdoptedJob(dataPlane, state)) {
        context.kept.push(`file ${state.fileId} (${state.remoteName}) from adopted job ${state.adoptedJobId}`);
        return say(`${state.fileId} kept: the adopted job ${state.adoptedJobId} was trained on it`);
      }
      await dataPlane.files.delete(state.fileId).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    },
  } satisfies Handler<TrainingFileInputs, TrainingFileState>;
}

async function isOfAdoptedJob(dataPlane: DataPlane, { fileId, adoptedJobId }: TrainingFileState): Promise<boolean> {
  const job = adoptedJobId === undefined ? undefined : await lookUpJob(dataPlane, adoptedJobId);
  return job !== undefined && [job.training_file, job.validation_file].includes(fileId);
}

/** Files of other purposes count too, and are not listed here: a full account that isn't noticed refuses the upload itself. */
async function requireFileLimit(
  context: Context,
  dataPlane: DataPlane,
  { accountId, purpose, path }: TrainingFileInputs,
  say: (line: string) => void,
): Promise<void> {
  const most = (await readAccountLimits(context, accountId, say))("MaxUserFileCount");
  if (most === undefined) return;
  const files = await dataPlane.files.list(purpose);
  if (files.length < most) return;
  throw new Error(
    `${path}: the account holds ${files.length} of ${most} files (MaxUserFileCount), so nothing was uploaded. Delete files that no job needs, then run \`pulumi up\` again.`,
  );
}

/** Whether both name the same rows; states of earlier versions know the file by its bytes alone. */
function sameContent(olds: TrainingFileInputs, news: TrainingFileInputs): boolean {
  return (news.contentSha256 ?? news.sha256) === (olds.contentSha256 ?? olds.sha256);
}

export const handler = trainingFileHandler(providerProcess);
