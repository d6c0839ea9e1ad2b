import { StackView } from "../../report/stack-view";
import type { StackExport } from "../../stack/stack-state";
import { chatRows, clockOf, rehearse, type Rehearsal, submitJob, upload } from "../support/rehearsal";
import { type Phase, phases, type Training } from "./phase-states";

/** Phases in which the next job is in this status at the service. */
export const phasesByStatus = {
  running: [
    "first training",
    "new job running, up still waiting",
    "new job running, up ended",
    "the deployment's model is of no known job",
  ],
  paused: ["new job paused"],
  failed: ["new job failed"],
  succeeded: [
    "settled",
    "next data validated, job refused before it was submitted",
    "new model refused",
    "new model not deployed yet",
    "new model deployed beside the old one, not proved",
    "old deployment deleted for the new one",
  ],
} satisfies Record<string, Phase[]>;

export type NextStatus = keyof typeof phasesByStatus;

/** A stack in a rehearsal service whose old job has made a model, and whose next job is in a given status. */
export interface TwoOnRehearsal {
  old: Training;
  next: Training;
  view(phase: Phase): StackView;
  close(): Promise<void>;
}

export async function twoTrainings(status: NextStatus): Promise<TwoOnRehearsal> {
  const rehearsal = await rehearse({ settings: { trainingSeconds: 600 } });
  const { service, account, accountId, location } = rehearsal;
  const old = await submitted(rehearsal, "old.jsonl", 20);
  service.advance(1_200_000);
  if (status === "failed") account.dataPlane.nextJobFaults = [{ outcome: "fail-training" }];
  const next = await submitted(rehearsal, "next.jsonl", 30);
  const azure = await rehearsal.newProcess().azure();
  const { jobs } = await azure.dataPlane(accountId);
  service.advance(status === "succeeded" || status === "failed" ? 1_200_000 : 300_000);
  if (status === "paused") await jobs.pause(next.jobId);
  const withModel = async (training: Training) => {
    const { fine_tuned_model: model } = await jobs.get(training.jobId);
    return { ...training, model: model ?? training.model };
  };
  const two = { old: await withModel(old), next: await withModel(next) };
  const states = phases({ accountId, account: account.name, location, ...two });
  return {
    ...two,
    view: (phase) => {
      const state = () => Promise.resolve<StackExport>(states[phase]);
      const source = { stack: "dev", state, updates: () => Promise.resolve([]) };
      return new StackView(source, azure, clockOf(service));
    },
    close: () => rehearsal.close(),
  };
}

async function submitted(rehearsal: Rehearsal, name: string, rows: number): Promise<Training> {
  const { fileId: trainingFileId } = upload(rehearsal, name, chatRows(rows));
  const createdAt = Math.floor(rehearsal.service.world.clock.now() / 1000);
  const jobId = await submitJob(rehearsal, trainingFileId);
  return { jobId, trainingFileId, createdAt, model: `gpt-4o-mini-2024-07-18.ft-to-come-of-${jobId}` };
}
