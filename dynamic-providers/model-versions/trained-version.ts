import type { TrainedVersion } from "./schema";

/** The properties of a version alone, of whatever has them. What is absent stays absent. */
export function trainedVersion(from: TrainedVersion): TrainedVersion {
  const { jobId, trainingKey, fineTunedModel, checkpoint, base, adopted } = from;
  // States of earlier releases may lack it.
  const trainedAt = from.trainedAt ?? null;
  const { trainingSha256, validationSha256, trainingExamples, validationExamples, promotedFrom } = from;
  return {
    ...{ jobId, trainingKey, fineTunedModel, checkpoint, base, trainedAt, adopted, trainingSha256 },
    ...(validationSha256 !== undefined && { validationSha256 }),
    ...(trainingExamples !== undefined && { trainingExamples }),
    ...(validationExamples !== undefined && { validationExamples }),
    ...(promotedFrom !== undefined && { promotedFrom }),
  };
}
