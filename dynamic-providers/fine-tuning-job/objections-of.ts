import { AzureFailure } from "../../azure-openai/failure";
import { messageOf } from "../../azure-openai/message-of";

/** What a check refuses, as what speaks against a run at its preview: nothing where it passes, or where Azure doesn't say. */
export async function objectionsOf(check: () => Promise<void>): Promise<string[]> {
  try {
    await check();
    return [];
  } catch (error) {
    return error instanceof AzureFailure ? [] : [messageOf(error)];
  }
}
