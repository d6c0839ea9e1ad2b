import type { Register } from "./registers";

/** What follows the table of versions: how to serve another one, or that there is none that can. @param how - the command */
export function goingBack(registers: Pick<Register, "versions">[], how: string): string {
  const versions = registers.flatMap((register) => register.versions);
  const have = (status: string) => versions.some((version) => version.status === status);
  if (have("kept")) return `To serve another one: ${how}. Nothing is trained.`;
  if (have("serving")) return "There is no other version that can serve.";
  return "None of these versions can serve. Change a threshold in `evaluation` or `deploy.gate`, which costs nothing, or the data or settings, which trains again and is charged.";
}
