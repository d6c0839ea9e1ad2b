import type { TrainedVersion } from "../model-versions/schema";

/** A file that a model was trained on, as far as a register knows it: nothing of where it is. */
export interface TrainedFile {
  role: "training" | "validation";
  /** SHA-256 hex of its content. */
  sha256: string;
  /** Its rows. */
  examples?: number;
}

/** The training file first. */
export function trainedFiles(version: TrainedVersion): TrainedFile[] {
  const { trainingSha256, trainingExamples, validationSha256, validationExamples } = version;
  const file = (role: TrainedFile["role"], sha256: string, examples: number | undefined): TrainedFile => ({
    ...{ role, sha256 },
    ...(examples !== undefined && { examples }),
  });
  return [
    file("training", trainingSha256, trainingExamples),
    ...(validationSha256 === undefined ? [] : [file("validation", validationSha256, validationExamples)]),
  ];
}
