import { Kernel } from "../kernel/kernel";
import { BytePairTable } from "./byte-pair-table";
import { fillCharacterClasses } from "./character-classes";
import { TokenIndex } from "./token-index";
import type { Vocabulary } from "./vocabulary";

/** Tokens after which building lets other work of the process continue: some 5 ms. */
const TOKENS_PER_SLICE = 4096;

/**
 * Derives tree and merges from a vocabulary, in about 0.3 s. Yields now and then, so that a caller can let its event loop run.
 *
 * @throws Error when some token of several bytes can't be made by merging: counting relies on it (true of o200k_base and cl100k_base).
 */
export function* buildTable(vocabulary: Vocabulary): Generator<void, BytePairTable> {
  const table = new BytePairTable(new Kernel());
  const { bytes, offsets, size } = vocabulary;
  table.size = size;
  fillCharacterClasses(table.classes);
  table.twoBytes.fill(-1);
  table.prefixes.fill(-1);
  for (let rank = 0; rank < size; rank++) {
    const start = offsets[rank]!;
    const length = offsets[rank + 1]! - start;
    table.lengths[rank] = length;
    if (length === 1) table.oneByte[bytes[start]!] = rank;
  }
  yield;
  const index = new TokenIndex(vocabulary);
  let nodes = size;
  for (let rank = 0; rank < size; rank++) {
    if (rank % TOKENS_PER_SLICE === 0) yield;
    nodes = addToTree(table, index, vocabulary, rank, nodes);
  }
  for (let rank = 0; rank < size; rank++) {
    if (rank % TOKENS_PER_SLICE === 0) yield;
    addMerge(table, index, vocabulary, rank);
  }
  return table;
}

/** Adds the nodes of a token, and returns the number of nodes. */
function addToTree(
  table: BytePairTable,
  index: TokenIndex,
  { bytes, offsets }: Vocabulary,
  rank: number,
  nodes: number,
): number {
  const start = offsets[rank]!;
  const end = offsets[rank + 1]!;
  const pair = bytes[start]! * 256 + bytes[start + 1]!;
  let node = table.oneByte[bytes[start]!]!;
  let hash = index.extend(0, bytes[start]!);
  for (let at = start + 1; at < end; at++) {
    if (node < table.size) table.prefixes[rank] = node;
    hash = index.extend(hash, bytes[at]!);
    const second = at === start + 1;
    let next = second ? table.twoBytes[pair]! : table.child(node, bytes[at]!);
    if (next < 0) {
      const token = index.find(start, at + 1, hash);
      next = token >= 0 ? token : nodes++;
      if (second) table.twoBytes[pair] = next;
      else table.addChild(node, bytes[at]!, next);
    }
    node = next;
  }
  return nodes;
}

/** Finds the merge that makes a token: the longest first part for which both parts are older and the encoding of their bytes. */
function addMerge(table: BytePairTable, index: TokenIndex, { offsets }: Vocabulary, rank: number): void {
  const start = offsets[rank]!;
  const end = offsets[rank + 1]!;
  const whole = index.hash(start, end);
  for (let left = table.prefixes[rank]!; left >= 0; left = table.prefixes[left]!) {
    if (left >= rank) continue;
    const cut = start + table.lengths[left]!;
    const right = index.find(cut, end, index.withoutPrefix(whole, index.hash(start, cut), end - cut));
    if (right >= 0 && right < rank && table.isEncoding(left, right)) return table.addMerge(left, right, rank);
  }
  if (end - start > 1) throw new Error(`Token ${rank} can't be made by merging two others.`);
  table.parts[2 * rank] = rank;
  table.parts[2 * rank + 1] = rank;
}
