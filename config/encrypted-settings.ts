/**
 * Settings with an encrypted part that must have none: the engine hands values over decrypted, and what the job's request holds is kept in the
 * state in plain text.
 *
 * @param project - name of the project, with which the names of its settings begin
 * @param env - of the program: PULUMI_CONFIG_SECRET_KEYS is the JSON list of encrypted settings that Pulumi's language host hands over (pulumi 3.230)
 * @returns one sentence, or none
 */
export function encryptionProblems(project: string, env: NodeJS.ProcessEnv): string[] {
  const encrypted = JSON.parse(env["PULUMI_CONFIG_SECRET_KEYS"] || "[]") as string[];
  return encrypted.includes(`${project}:job`)
    ? [
        "job.extraBody has an encrypted value, but the job's request is kept in the state in plain text. Remove the value, and revoke it if it was in use.",
      ]
    : [];
}
