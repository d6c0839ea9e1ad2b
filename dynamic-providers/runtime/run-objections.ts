/** What speaks against the costs of a run, one sentence each. */
export interface Objections {
  training: string[];
  hosting: string[];
}

/**
 * What speaks against a training or against hosting a model (a ceiling of the budget, a model that is retired) stops a run that starts one,
 * and no other: what runs already is paid anyway, and a change of a tag must not fail on it. The estimate knows the objections, job and
 * deployment know whether they start; whichever is checked second stops the run.
 */
export class RunObjections {
  /** By the job's key, and by who knows them. */
  private readonly known = new Map<string, Map<string, Objections>>();
  private readonly training = new Set<string>();
  /** Keys of the jobs, by the training key of their models. */
  private readonly jobs = new Map<string, Set<string>>();

  /**
   * @param source - who knows them: what it says of a job replaces what it said before
   * @returns those that count already: the job of this key was checked first, and trains
   */
  against(
    costKey: string,
    objections: Objections,
    source: "cost" | "evaluation" | "room" | "grader" = "cost",
  ): string[] {
    this.known.set(costKey, (this.known.get(costKey) ?? new Map<string, Objections>()).set(source, objections));
    return this.training.has(costKey) ? all(objections) : [];
  }

  /** A job trains, whose model is then hosted. @returns what speaks against it, as far as it is known yet */
  trains(costKey: string): string[] {
    this.training.add(costKey);
    return this.of(costKey).flatMap(all);
  }

  /** Which job makes the model of this training key, so that its deployment finds what speaks against it. */
  makes(costKey: string, trainingKey: string): void {
    this.jobs.set(trainingKey, (this.jobs.get(trainingKey) ?? new Set()).add(costKey));
  }

  /**
   * A model is hosted that was not before.
   *
   * @param trainingKey - of the model; of one that no job of this run makes, or that is not known, everything counts
   * @returns what speaks against it
   */
  hosts(trainingKey?: string): string[] {
    const keys = (trainingKey === undefined ? undefined : this.jobs.get(trainingKey)) ?? this.known.keys();
    return [...new Set([...keys].flatMap((key) => this.of(key).flatMap(({ hosting }) => hosting)))];
  }

  private of(costKey: string): Objections[] {
    return [...(this.known.get(costKey)?.values() ?? [])];
  }
}

function all(objections: Objections = { training: [], hosting: [] }): string[] {
  return [...objections.training, ...objections.hosting];
}
