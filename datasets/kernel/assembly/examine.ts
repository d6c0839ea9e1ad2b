import { countInstruction, countSketched, instructionHash } from "./count";
import { MESSAGES, TOTALS } from "./layout";
import { ASSISTANT, messageCount, readPlainChat, roleAt } from "./plain-chat";
import { kindsOfSecrets } from "./secrets";
import { endSketch, endText, startSketch, startText } from "./sketch";

/**
 * Counts, sketches and sieves a row in one go if it is a plain chat row (see plain-chat.ts); what it found is left at TOTALS and
 * MESSAGES. Else the answer is no and the row is to be read in full.
 *
 * @param tokensPerMessage - of a role's name and 3 more, by role, a byte each: system, developer, user, assistant.
 */
export function examinePlainChat(start: usize, end: usize, tokensPerMessage: u32, recording: bool): bool {
  startSketch(recording);
  if (!readPlainChat(start, end)) return false;
  let total: u32 = 3;
  let assistant: u32 = 0;
  let system: u32 = 0;
  let kinds: u32 = 0;
  for (let i: u32 = 0; i < messageCount; i++) {
    const entry = MESSAGES + 16 * i;
    const from = load<u32>(entry);
    const to = load<u32>(entry, 4);
    const role = roleAt(i);
    startText(role);
    let tokens: u32;
    if (role < 2) {
      tokens = countInstruction(from, to);
      system = instructionHash;
    } else {
      tokens = countSketched(from, to);
    }
    endText();
    total += tokens + ((tokensPerMessage >> (8 * role)) & 255);
    if (role == ASSISTANT) assistant += tokens;
    const found = kindsOfSecrets(from, to);
    store<u8>(entry, <u8>found, 9);
    kinds |= found;
  }
  endSketch();
  store<u32>(TOTALS, total);
  store<u32>(TOTALS, assistant, 4);
  store<u32>(TOTALS, system, 8);
  store<u32>(TOTALS, kinds, 12);
  store<u32>(TOTALS, messageCount, 16);
  return true;
}
