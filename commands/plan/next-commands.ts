import { quoted } from "../../format/quoted";
import { rehearsalStack } from "../../stack/rehearsal/folder";
import type { HeldAccount } from "../preview-summary/deleted";

/** The commands that the summaries name, for the rehearsal's stack or for one on Azure. */
export interface NextCommands {
  /** Previews the stack. */
  preview: (stack: string | undefined) => string;
  /** Prints every output. */
  outputs: (stack: string | undefined) => string;
  /**
   * Sentences about what to do with a stack whose resources are deleted.
   *
   * @param held - the accounts that were not purged; under their names no others can be created
   */
  afterDestroy: (stack: string | undefined, held: HeldAccount[]) => string[];
}

export const rehearsalCommands: NextCommands = {
  preview: (stack) => `npm run local -- preview${another(stack)}`,
  outputs: (stack) => `npm run local -- stack output${another(stack)}`,
  afterDestroy: (stack, held) => [
    held[0]
      ? `the account name ${held.map(({ accountName }) => accountName).join(" or ")} is taken until ${held[0].until}; set another \`account.name\` before ${again(stack)}, or delete the folder .local to start the rehearsal over`
      : `${again(stack)} rehearses again from the beginning; \`pulumi stack rm\`, which Pulumi suggests, is not needed here`,
  ],
};

/** Without a name, `npm run local` works on the rehearsal's own stack. */
function another(stack: string | undefined): string {
  return stack === undefined || stack === rehearsalStack ? "" : ` --stack ${quoted(stack)}`;
}

function again(stack: string | undefined): string {
  return another(stack) === "" ? "npm start" : `npm run local -- up${another(stack)}`;
}

/** `pulumi stack rm` alone deletes the settings file, too. What `npm run recover` restores comes from the stack's history, which it deletes. */
export const cloudCommands: NextCommands = {
  preview: (stack) => `npm run preview${stack === undefined ? "" : ` -- --stack ${quoted(stack)}`}`,
  outputs: (stack) => `pulumi stack output${stack === undefined ? "" : ` --stack ${quoted(stack)}`}`,
  afterDestroy: (stack, held) =>
    held.length > 0
      ? [
          ...held.map(
            ({ accountName, resourceGroupName, location, until }) =>
              `to restore the account and everything in it by ${until}, run az cognitiveservices account recover -n ${quoted(accountName)} -g ${quoted(resourceGroupName)} -l ${location}, then npm run recover; don't remove the stack or its history before that`,
          ),
          "npm run up with another `account.name` creates everything again; you will be charged for training again",
        ]
      : [
          "npm run up creates everything again; you will be charged for training again",
          `pulumi stack rm ${stack ?? "<stack>"} --preserve-config removes the stack and its history, and keeps its settings file`,
        ],
};
