import { sampleOf } from "azure-openai-graders/grader";
import { parseTemplate, render } from "azure-openai-graders/template";
import { asObject, type Reply, type Request } from "../../http/request";
import type { AccountRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Call } from "../api/call";
import { readChatRequest } from "../chat/chat-request";
import { complete } from "../chat/complete";

/** An answer of the deployment that a run asks. */
export interface Asked {
  input: { role: string; content: string }[];
  text: string;
  finishReason: string;
  model: string;
  tokens: { prompt: number; completion: number };
}

/**
 * Asks a deployment one row, as a chat request would.
 * @param source - `data_source` of type completions
 * @throws AzureError as chat does; MissingValue for a template that names what the row lacks
 */
export async function ask(
  world: World,
  account: AccountRecord,
  source: Record<string, unknown>,
  item: Record<string, unknown>,
): Promise<Asked> {
  const input = inputOf(asObject(source.input_messages) ?? {}, item);
  const { max_completion_tokens: most, seed, temperature, top_p: topP } = asObject(source.sampling_params) ?? {};
  const given = { max_completion_tokens: most, seed, temperature, top_p: topP };
  const sampling = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const call = backgroundCall(world, account, { model: source.model, messages: input, ...sampling });
  const { choices, model, tokens } = await complete(call, readChatRequest(call), String(source.model));
  const [choice] = choices;
  return { input, text: choice!.text, finishReason: choice!.finishReason, model, tokens };
}

function inputOf(messages: Record<string, unknown>, item: Record<string, unknown>): Asked["input"] {
  const none = sampleOf("");
  if (messages.type === "item_reference") {
    const found = render(parseTemplate(`{{${String(messages.item_reference)}}}`), none, item);
    return (JSON.parse(found) as Asked["input"]).map(({ role, content }) => ({ role, content }));
  }
  const turns = Array.isArray(messages.template) ? (messages.template as unknown[]) : [];
  return turns.map((turn) => {
    const { role, content } = asObject(turn) ?? {};
    const text = typeof content === "string" ? content : textOf(content);
    return { role: String(role), content: render(parseTemplate(text), none, item) };
  });
}

/** `{"type": "input_text", "text"}` */
function textOf(part: unknown): string {
  const text = asObject(part)?.text;
  return typeof text === "string" ? text : "";
}

/** Nobody waits for this answer: its headers go nowhere. */
function backgroundCall(world: World, account: AccountRecord, body: object): Call {
  const reply = { header: () => reply } as unknown as Reply;
  return {
    ...{ world, account, reply, now: world.clock.now(), base: "" },
    flavour: { kind: "v1" },
    request: { body, params: {}, query: {}, headers: {} } as unknown as Request,
  };
}
