/** Whether a model's name is one that the service gives a fine-tuned model, or a checkpoint of one. */
export function isTunedName(name: string): boolean {
  return name.includes(".ft-");
}

/** Name of the model that a checkpoint is one of; other names as they are. */
export function withoutCheckpoint(name: string): string {
  return name.replace(/:ckpt-step-\d+$/, "");
}

/** Which checkpoint a model's name means: a checkpoint's name is its model's with an ending. */
export function checkpointOf(name: string): "last" | number {
  const step = /:ckpt-step-(\d+)$/.exec(name)?.[1];
  return step === undefined ? "last" : Number(step);
}
