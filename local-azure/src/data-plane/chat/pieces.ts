import type { TokenOdds } from "../answering/token-odds";
import type { FinishedAnswer } from "./finish";

/** A part of a streamed answer, and the log probabilities of its tokens. */
export interface Piece {
  piece: string;
  odds: TokenOdds[] | undefined;
}

/** Words with the space after them, text without spaces in runs of a few characters; token by token where their probabilities are sent. */
export function pieces({ text, odds }: Pick<FinishedAnswer, "text" | "odds">): Piece[] {
  if (odds) return tokenPieces(odds);
  const words = text.match(/[\u0000-\u2FFF]*?\s+|[^\s]{1,8}/gu) ?? [];
  return words.map((piece) => ({ piece, odds: undefined }));
}

/** Tokens that are parts of one character are sent together. */
function tokenPieces(odds: TokenOdds[]): Piece[] {
  const found: Piece[] = [];
  let open: TokenOdds[] = [];
  for (const one of odds) {
    open.push(one);
    const piece = Buffer.from(open.flatMap(({ bytes }) => bytes)).toString("utf8");
    if (piece.includes("\uFFFD") && open.length < 8) continue;
    found.push({ piece, odds: open });
    open = [];
  }
  return open.length > 0 ? [...found, { piece: "", odds: open }] : found;
}
