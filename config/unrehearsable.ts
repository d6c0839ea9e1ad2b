import type { Settings } from "./settings";

/** How the rehearsal's commands call pulumi, which tells the program that it runs there. */
const REHEARSAL = "npm run local --";

/** Settings that only Azure can carry out, where the program runs in the rehearsal: one sentence for all of them. */
export function unrehearsable({ network, diagnostics }: Settings, pulumiCommand: string | undefined): string[] {
  if (pulumiCommand !== REHEARSAL) return [];
  const set = Object.entries({ "network.privateEndpoint": network.privateEndpoint, diagnostics })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (set.length === 0) return [];
  const [are, them] = set.length === 1 ? ["is", "it"] : ["are", "them"];
  return [
    `${set.join(" and ")} ${are} set, but the rehearsal doesn't support networks or log workspaces; nothing was created. Remove ${them} from Pulumi.local.yaml and try ${them} in a stack on Azure (see docs/around-the-account.md).`,
  ];
}
