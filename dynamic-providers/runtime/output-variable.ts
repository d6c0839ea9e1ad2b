/** Environment variable: `log` where what the run prints is read in a log, and nothing is to stand there twice. Set by `stack/pulumi-cli/run.ts`. */
export const OUTPUT_VARIABLE = "FINETUNE_OUTPUT";

/** Whether each message is to be told once. Pulumi repeats at the end of a run what is not a status. */
export function tellsOnce(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[OUTPUT_VARIABLE] === "log";
}
