/**
 * Whether a job trains the model that was asked for. The service answers an alias with the version it stands for
 * (`gpt-4.1` becomes `gpt-4.1-2025-04-14`).
 */
export function isModel(asked: string, answered: string): boolean {
  const [wanted, given] = [asked.toLowerCase(), answered.toLowerCase()];
  return given === wanted || /^-\d{4}(-\d{2}-\d{2})?$/.test(given.startsWith(wanted) ? given.slice(wanted.length) : "");
}
