/** Of a job that made a model which the stack's settings don't let through. */
export const refusedSentence =
  "This model is not deployed: deploy.gate or deploy.checkpoint refuses it. pulumi preview shows the figures.";
