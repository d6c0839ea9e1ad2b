import { gitlabJobs } from "../pipelines/pipeline-files";
import type { Shell } from "./shell";

/**
 * Runs whole jobs of pipelines/gitlab as GitLab's runner does: the lines of `before_script` and `script` in one bash that ends with the first failure, in the
 * checkout, with the variables of the job. What one job leaves in the checkout is there for the next, as artifacts are.
 */
export class GitlabRunner {
  /** Jobs that were run. */
  readonly ran = new Set<string>();

  /** @param own - what GitLab gives a job, over the rehearsal's credentials; an undefined value takes one away. */
  constructor(
    private readonly shell: Shell,
    private readonly own: () => Promise<NodeJS.ProcessEnv>,
  ) {}

  /** @param given - variables of the pipeline. */
  async job(name: string, given: Record<string, string> = {}): Promise<{ code: number; output: string }> {
    const job = gitlabJobs()[name];
    if (!job?.script) throw new Error(`pipelines/gitlab has no job "${name}"`);
    this.ran.add(name);
    const lines = [...(job.before_script ?? []), ...job.script].join("\n");
    return this.shell.run(["-c", `set -eo pipefail\n${lines}`], job.variables ?? {}, {
      ...(await this.own()),
      ...given,
    });
  }
}

/** Every job that there is, as `ran` names them. */
export const everyGitlabJob = () => Object.keys(gitlabJobs());
