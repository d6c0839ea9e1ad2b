export interface AccountKeysArgs {
  accountId: string;
  location: string;
  /** Raise to regenerate the key that is not in use and then switch to it. Default 0. */
  rotation: number;
}
export type AccountKeysInputs = AccountKeysArgs;

/** key1, key2, primary and secondary are secret outputs (additionalSecretOutputs). */
export interface AccountKeysState extends AccountKeysInputs {
  stateVersion: 1;
  key1: string;
  key2: string;
  /** Which of the two is handed out as AZURE_OPENAI_API_KEY. */
  inUse: "Key1" | "Key2";
  /** The key in use. */
  primary: string;
  /** The other one. */
  secondary: string;
}
