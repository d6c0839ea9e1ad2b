import { readFileSync } from "node:fs";
import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import { messageOf } from "../../azure-openai/message-of";
import { TemporaryDeployments } from "../../dynamic-providers/evaluation/temporary-deployment";
import { sayAs } from "../../dynamic-providers/runtime/say";
import { azureSettings, providerInputs } from "../azure-settings";
import { print, runCommand, UserError } from "../command";
import type { StackExport } from "../stack-state";
import { evaluationsIn } from "./evaluations-in-state";

/**
 * Runs in its own process, which trusts the certificates that the target's cloud needs: removes the temporary deployments that evaluations
 * of a stack (first argument: its exported state) have left.
 */
runCommand(async ([stateFile]) => {
  const state = JSON.parse(readFileSync(stateFile!, "utf8")) as StackExport;
  const settings = azureSettings(providerInputs(state), process.env);
  const azure = Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const here = { clock: systemClock, azure: () => azure, stopIfOrphaned: () => Promise.resolve() };
  const say = sayAs({ print: (line) => print(`  ${line}`), status: (line) => print(`  ${line}`) }, "evaluation");
  for (const { accountId, owner } of evaluationsIn(state)) {
    await new TemporaryDeployments(here, accountId, owner, say).sweep().catch((error: unknown) => {
      throw new UserError(messageOf(error));
    });
  }
  return 0;
});
