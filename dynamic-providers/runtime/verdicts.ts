/** Whether a model may serve, and by which figures. No text of a case or an answer. */
export interface EvaluationVerdict {
  passed: boolean;
  /** One phrase per rule that was not met, with figures and the setting's name, e.g. `its mean score is 0.41, below evaluation.minScore 0.6`. */
  reasons: string[];
  /** The figures in one line, e.g. `0.74 on 48 cases; gain over serving +0.13 (95% interval 0.05 to 0.20)`. */
  summary: string;
  /** SHA-256 hex over cases, graders, rules and whom it is compared with: what the verdict holds for. */
  key: string;
  /** Unix seconds. */
  evaluatedAt: number | null;
}

/** A verdict on a model, and the name to deploy: the model, or the checkpoint that scores best. */
export interface JudgedModel extends EvaluationVerdict {
  model: string;
}

/**
 * Verdicts that are in the state already. An evaluation's results are outputs, which its check does not get and which an update makes unknown in
 * a preview; its diff has them, and tells here what they come to, for the resources after it.
 */
export class Verdicts {
  private readonly known = new Map<string, JudgedModel>();

  /** @param job - logical name of the job's resource: a program may have several models */
  know(job: string, verdict: JudgedModel): void {
    this.known.set(job, verdict);
  }

  /** On the model of this run; undefined where it is not evaluated yet, or nothing is judged. */
  of(job: string): JudgedModel | undefined {
    return this.known.get(job);
  }
}
