import { AzureError } from "../../http/azure-error";
import type { Call } from "../api/call";
import { invalidRequest } from "../chat/chat-error";
import type { Item } from "./input-items";
import { storedResponse } from "./stored-responses";

/** A conversation cannot go on for ever: a chain of stored responses longer than this is not followed. */
const MAX_CHAIN = 1000;

/** Items of the stored conversation that ends with this response, oldest first. @throws AzureError 400 where a part of it is not kept */
export function itemsUntil({ world, account }: Call, responseId: string): Item[] {
  const turns: Item[][] = [];
  let id: string | undefined = responseId;
  while (id !== undefined && turns.length < MAX_CHAIN) {
    const stored = storedResponse(world, account, id);
    if (stored?.response.id !== id) {
      const sentence = `Previous response with id '${id}' not found.`;
      throw invalidRequest(sentence, "previous_response_id", "previous_response_not_found");
    }
    turns.push([...stored.input, ...stored.response.output]);
    id = stored.previous;
  }
  return turns.reverse().flat();
}

/** Items with those in place of references that these refer to. @throws AzureError 404 for one that is not kept */
export function resolved({ world, account }: Call, items: Item[]): Item[] {
  return items.map((item) => {
    if (item.type !== "item_reference") return item;
    const id = String(item.id);
    const stored = storedResponse(world, account, id);
    const found = stored && [...stored.response.output, ...stored.input].find((one) => one.id === id);
    if (found) return found;
    const sentence =
      `Item with id '${id}' not found. Items are not persisted when \`store\` is set to false. ` +
      "Try again with `store` set to true, or remove this item from your input.";
    throw new AzureError(
      404,
      "invalid_request_error",
      sentence,
      {},
      { type: "invalid_request_error", param: "input", code: null },
    );
  });
}
