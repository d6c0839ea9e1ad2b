import { expect, it } from "@jest/globals";
import type { Chat, ChatEnd } from "../../../azure-openai/chat";
import { printAnswer } from "../../../commands/chat/print-answer";

/** @param failure - comes after the pieces */
function streaming(pieces: string[], failure?: Error): Pick<Chat, "stream"> {
  return {
    async *stream(): AsyncGenerator<string, ChatEnd> {
      for (const piece of pieces) yield await Promise.resolve(piece);
      if (failure) throw failure;
      return {} as ChatEnd;
    },
  };
}

it("prints an answer that steers nothing, though its sequences come in pieces, and returns the model's own words", async () => {
  const pieces = ["Hi\u001b", "]52;c;cm0=\u0007", "\n:", ":error::x", " \u202e", "##v", "so[a]", "\ud83d", "\udc4d"];
  const written: string[] = [];
  const { text: answer } = await printAnswer(streaming(pieces), "tuned", [], (text) => written.push(text));
  expect(written.join("")).toBe("Hi\\u001b]52;c;cm0=\\u0007\n\\u003a:error::x \\u202e\\u0023#vso[a]👍\n");
  expect(answer).toBe(pieces.join(""));
});

it("prints what came before the failure", async () => {
  const written: string[] = [];
  const failing = printAnswer(streaming(["half #"], new Error("cut")), "tuned", [], (text) => written.push(text));
  await expect(failing).rejects.toThrow("cut");
  expect(written.join("")).toBe("half #\n");
});
