import { existsSync } from "node:fs";
import { phaseAt } from "../course/job-course";
import { billedTokens } from "../data-plane/jobs/job-view";
import { trainingBlob, trainingResult } from "../data-plane/training/training-run";
import { findBaseModel } from "../models/find-model";
import { trainingPrice } from "../prices/training-price";
import { blobPath } from "../storage/blobs";
import type { JobRecord } from "../world/state";
import type { World } from "../world/world";

/** What a job is billed; empty until it has succeeded. */
export interface JobBill {
  /** Whether its tokens are being counted: what it is billed is not known yet. */
  counting?: true;
  billedTokens?: number;
  /** Absent: the price feed has no price for it. */
  usd?: number;
}

/** Computes each job's bill once, beside the requests: counting the tokens of a large file takes seconds. */
export class Bill {
  private readonly known = new Map<string, JobBill>();

  constructor(private readonly world: World) {}

  of(job: JobRecord, location: string): JobBill {
    if (phaseAt(job, this.world.clock.now()) !== "succeeded") return {};
    const bill = this.known.get(job.id);
    if (bill) return bill;
    const counted = existsSync(blobPath(this.world, trainingBlob(job.id)));
    const first: JobBill = counted ? { counting: true } : {};
    this.known.set(job.id, first);
    if (counted) void this.compute(job, location);
    return first;
  }

  private async compute(job: JobRecord, location: string): Promise<void> {
    try {
      const tokens = billedTokens(job, await trainingResult(this.world, job));
      const model = findBaseModel(job.baseModel)?.name ?? job.baseModel;
      const price = trainingPrice(this.world, { model, trainingType: job.trainingType }, location);
      const units = price?.per === "hour" ? job.trainingMs / 3_600_000 : tokens / 1000;
      this.known.set(job.id, { billedTokens: tokens, ...(price && { usd: units * price.usd }) });
    } catch {
      this.known.delete(job.id); // Its files are gone: asked again with the next look.
    }
  }
}
