import type { Register } from "./registers";

/** What follows the table of versions: how to serve another one, or that there is none that can. @param how - what to do, e.g. `run: npm run rollback` */
export function goingBack(registers: Pick<Register, "versions">[], how: string): string {
  const versions = registers.flatMap((register) => register.versions);
  const have = (status: string) => versions.some((version) => version.status === status);
  if (have("kept")) return `To deploy another version, ${how}. Nothing is trained.`;
  if (have("serving")) return "There is no other version to deploy.";
  return "None of these versions can be deployed. Change a threshold in `evaluation` or `deploy.gate` (no charge), or change the data or settings to train a new version (you will be charged for that training).";
}
