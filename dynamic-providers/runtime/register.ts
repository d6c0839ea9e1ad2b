import type { TrainedVersion } from "../model-versions/schema";

/** What is known of a job that is replaced, and of its model. */
type Replaced = Partial<TrainedVersion> & { jobId: string; job?: string };

/**
 * What the resources of one run tell each other about registers of versions; a program with several models has several, told apart by the logical
 * name of the job's resource. The job comes before its register in every run, and its deletion after it: the job says what leaves, the register
 * whether that stays.
 */
export class Register {
  private readonly kept = new Map<string, number>();
  private readonly leaving = new Map<string, string>();
  private readonly replaced: Replaced[] = [];
  private readonly decided = new Set<string>();
  private readonly refusals = new Map<string, string>();

  /** A register, as this run leaves it. @param versions - numbers by the ids of their jobs */
  keep(job: string, versions: { jobId: string; version: number }[]): void {
    this.decided.add(job);
    for (const { jobId, version } of versions) this.kept.set(jobId, version);
  }

  /** A register itself goes, and so does all that it kept. */
  release(job: string): void {
    this.decided.add(job);
  }

  /** Whether the register was part of this run, so that it has decided what is kept. */
  hasDecided(job: string): boolean {
    return this.decided.has(job);
  }

  /** Number of the version that a job made, where it is kept. */
  versionOf(jobId: string): number | undefined {
    return this.kept.get(jobId);
  }

  /**
   * What `deploy.gate` says of a model while `deploy.version` names what serves.
   *
   * @param trainingKey - of the model
   * @param why - it refuses the model, a phrase; empty: it lets it through
   */
  judge(trainingKey: string, why: string): void {
    this.refusals.set(trainingKey, why);
  }

  /** Undefined where nothing was said, as of a model that is yet to be trained. */
  refusalOf(trainingKey: string): string | undefined {
    return this.refusals.get(trainingKey);
  }

  /** A job whose resource is replaced; unless the register keeps it, it is deleted at the end of the run. */
  leave(job: string, jobId: string): void {
    this.leaving.set(jobId, job);
  }

  leaves(jobId: string): boolean {
    return this.leaving.has(jobId);
  }

  leftBy(job: string): string[] {
    return [...this.leaving].flatMap(([jobId, by]) => (by === job ? [jobId] : []));
  }

  /** What the state knows of a job, or of its model, that is replaced: a stack that has no register yet enters it as its first version. */
  replace(part: Replaced): void {
    const known = this.replaced.find(({ jobId }) => jobId === part.jobId);
    if (known) Object.assign(known, part);
    else this.replaced.push({ ...part });
  }

  /** Those of a job's resource of which both job and model are known. */
  predecessors(job: string): TrainedVersion[] {
    return this.replaced.filter(
      (part): part is TrainedVersion & Replaced =>
        part.job === job && part.fineTunedModel !== undefined && part.trainingSha256 !== undefined,
    );
  }
}
