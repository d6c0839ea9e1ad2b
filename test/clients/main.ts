import { Command } from "commander";
import { note, print, runCommand, UserError } from "../../stack/command";
import { available } from "../../local-azure/test/data-plane/published-schemas";
import { clients, type Client } from "./clients";
import { outcomeTable } from "./outcome-table";
import { Contract } from "./contract";
import { contractLines, judgeAll } from "./contract-summary";
import { ClientService } from "./service";
import { tryClient, type Outcome } from "./try-client";

/**
 * `npm run test:clients [-- <words>]`: installs other people's clients in the user's cache, lets each do what a user does with it against
 * local-azure, and prints how it went and how the answers stand to the published specifications. Ends with 1 where a step fails that Azure is
 * not on record as refusing too, or an answer does not fit.
 */
runCommand(async (args) => {
  const command = new Command("npm run test:clients --")
    .argument("[words...]", "only the clients whose name contains one of these")
    .exitOverride()
    .parse(args, { from: "user" });
  const chosen = matching(command.args);
  const service = await ClientService.start();
  const outcomes: Outcome[] = [];
  try {
    for (const client of chosen) {
      note(`${client.name} ...`);
      outcomes.push(await tryClient(client, service));
    }
  } finally {
    await service.close();
  }
  print(outcomeTable(outcomes));
  if (!available) return outcomes.some(hasFailed) ? 1 : 0;
  const summary = judgeAll(new Contract(), service.recorder.exchanges);
  for (const line of contractLines(summary)) print(line);
  return outcomes.some(hasFailed) || summary.problems.size > 0 ? 1 : 0;
});

function matching(words: string[]): Client[] {
  const chosen = clients.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase())),
  );
  if (chosen.length > 0) return chosen;
  throw new UserError(
    `No client has ${words.join(" or ")} in its name; the clients are: ${clients.map(({ name }) => name).join("; ")}.`,
  );
}

function hasFailed({ failed }: Outcome): boolean {
  return failed.length > 0;
}
