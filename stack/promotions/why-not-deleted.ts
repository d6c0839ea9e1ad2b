import path from "node:path";
import {
  type GoingModels,
  NOTHING_DELETED,
  unreadable,
} from "../../dynamic-providers/promoted-version/refuse-promoted";
import { askScript } from "../ask-script";
import { azureSettings, providerInputs, secretSettings } from "../azure-settings";
import { note, UserError } from "../command";
import type { StackExport } from "../stack-state";
import { exportStack, type Target } from "../target";
import type { Answer, Question } from "./find-promotions";
import { goingWithRegisters, goingWithStack, type StoredRegister } from "./going-models";

/**
 * Why models of a stack must not be deleted, asked before pulumi does anything: other accounts serve them. Where pulumi alone can sign in, or has no
 * such stack, nothing is asked here: the handlers ask before they delete.
 *
 * @param registers - those that go. Default: the whole stack, as a destroy of it does
 * @returns sentences; undefined where nobody else serves them
 */
export async function whyNotDeleted(
  target: Pick<Target, "pulumi" | "env">,
  registers?: StoredRegister[],
): Promise<string | undefined> {
  const state = await stateOf(target);
  if (state === undefined) return undefined;
  const going = registers ? goingWithRegisters(registers) : goingWithStack(state);
  return going.length === 0 ? undefined : asked(going, state, target.env);
}

async function asked(going: GoingModels[], state: StackExport, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const secret = secretSettings(state).find(({ variable }) => !env[variable]);
  if (secret) {
    note(
      `The run itself will check whether this stack's models are deployed in other accounts, since azure-native:${secret.name} is encrypted in the stack's settings.`,
    );
    return undefined;
  }
  const question: Question = { settings: azureSettings(providerInputs(state), env), going };
  const found = await askScript<Answer>(path.join(__dirname, "find-promotions.ts"), question, env);
  if (found?.answer) return found.answer.refusal;
  return `${unreadable("see the message above")} ${NOTHING_DELETED}Run the command again.`;
}

/** Undefined where it can't be read: pulumi then says why. */
async function stateOf({ pulumi }: Pick<Target, "pulumi">): Promise<StackExport | undefined> {
  try {
    return await exportStack({ stack: "", pulumi });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
