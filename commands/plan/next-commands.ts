/** The commands that the summaries name, for the rehearsal's stack or for one on Azure. */
export interface NextCommands {
  /** Prints every output. */
  outputs: (stack: string | undefined) => string;
  /** Sentences about what to do with a stack whose resources are deleted. */
  afterDestroy: (stack: string | undefined) => string[];
}

export const rehearsalCommands: NextCommands = {
  outputs: () => "npm run local -- stack output",
  afterDestroy: () => [
    "npm start rehearses again from nothing; `pulumi stack rm`, which Pulumi names, is not needed here",
  ],
};

/** `pulumi stack rm` alone deletes the settings file, too. */
export const cloudCommands: NextCommands = {
  outputs: (stack) => `pulumi stack output${stack === undefined ? "" : ` --stack ${stack}`}`,
  afterDestroy: (stack) => [
    "npm run up creates everything again, and pays for a training again",
    `pulumi stack rm ${stack ?? "<stack>"} --preserve-config removes the stack and its history, and keeps its settings file`,
  ],
};
