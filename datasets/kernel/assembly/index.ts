// What the outside sees: kernel.ts.
export { addChild, addMerge, child, isEncoding, merged } from "./byte-pairs";
export { addCommon, clearCommon } from "./common-shingles";
export { count, countInstruction, countSketched, instructionHash } from "./count";
export { encodeTo } from "./encode";
export { examinePlainChat } from "./examine";
export { readString, forgetTexts, textEnd, textStart } from "./json-string";
export {
  CLASSES,
  LENGTHS,
  MESSAGES,
  ONE_BYTE,
  PARTS,
  PREFIXES,
  SIZE,
  SKETCH,
  SOURCE,
  TABLE,
  TABLE_BYTES,
  TOTALS,
  TWO_BYTES,
} from "./layout";
export { touched } from "./piece-batch";
export { endOfPiece, useO200k } from "./pieces";
export { makeRoom } from "./room";
export { kindsOfSecrets } from "./secrets";
export { endSketch, endText, startSketch, startText } from "./sketch";
