/** Of a job that made a model which the stack's settings don't let through. */
export const refusedSentence =
  "This model is not deployed, because deploy.gate or deploy.checkpoint rejected it. pulumi preview shows the metrics.";
