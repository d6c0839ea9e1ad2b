/** Functions and places of the compiled kernel; assembly/ says what each is. Places are bytes from the start of its memory. */
export interface KernelExports {
  memory: WebAssembly.Memory;

  child(node: number, byte: number): number;
  addChild(node: number, byte: number, next: number): void;
  merged(left: number, right: number): number;
  addMerge(left: number, right: number, token: number): void;
  isEncoding(left: number, right: number): number;

  useO200k(yes: boolean): void;
  /** @returns the bytes of memory that are needed */
  makeRoom(capacity: number, escaped: number): number;
  endOfPiece(start: number, end: number): number;
  encodeTo(start: number, end: number, out: number): number;
  count(start: number, end: number): number;
  countSketched(start: number, end: number): number;
  countInstruction(start: number, end: number): number;
  kindsOfSecrets(start: number, end: number): number;
  forgetTexts(): void;
  readString(start: number, end: number): number;

  addCommon(hash: number): void;
  clearCommon(): void;
  startSketch(recording: boolean): void;
  startText(label: number): void;
  endText(): void;
  endSketch(): void;
  examinePlainChat(start: number, end: number, tokensPerMessage: number, recording: boolean): number;

  instructionHash: WebAssembly.Global;
  textStart: WebAssembly.Global;
  textEnd: WebAssembly.Global;

  CLASSES: WebAssembly.Global;
  LENGTHS: WebAssembly.Global;
  MESSAGES: WebAssembly.Global;
  ONE_BYTE: WebAssembly.Global;
  PARTS: WebAssembly.Global;
  PREFIXES: WebAssembly.Global;
  SIZE: WebAssembly.Global;
  SKETCH: WebAssembly.Global;
  SOURCE: WebAssembly.Global;
  TABLE: WebAssembly.Global;
  TABLE_BYTES: WebAssembly.Global;
  TOTALS: WebAssembly.Global;
  TWO_BYTES: WebAssembly.Global;
}
