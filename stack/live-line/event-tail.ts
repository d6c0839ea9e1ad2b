import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { parseEvents, type EngineEvent } from "../up-events";

/** Number of first bytes that distinguish a restarted log from one that grew: its first event has another time. */
const HEAD_BYTES = 64;

/** Reads an event log while pulumi writes it. `up` writes two in one file: that of its preview, and over it that of the update. */
export class EventTail {
  private head: Buffer = Buffer.alloc(0);
  private position = 0;
  private decoder = new StringDecoder("utf8");
  private unfinished = "";

  /** Content left by an earlier run is not read. */
  constructor(private readonly file: string) {
    this.withFile((descriptor) => {
      this.head = readAt(descriptor, 0, HEAD_BYTES);
      this.position = fstatSync(descriptor).size;
    });
  }

  /** Events that came since the last call; none while there is no file. */
  read(): EngineEvent[] {
    let text = this.unfinished;
    this.withFile((descriptor) => {
      const head = readAt(descriptor, 0, HEAD_BYTES);
      if (!head.subarray(0, this.head.length).equals(this.head)) {
        this.restart();
        text = "";
      }
      this.head = head;
      for (;;) {
        const chunk = readAt(descriptor, this.position, 65_536);
        if (chunk.length === 0) break;
        this.position += chunk.length;
        text += this.decoder.write(chunk);
      }
    });
    const end = text.lastIndexOf("\n") + 1;
    this.unfinished = text.slice(end);
    return parseEvents(text.slice(0, end));
  }

  private withFile(use: (descriptor: number) => void): void {
    let descriptor: number;
    try {
      descriptor = openSync(this.file, "r");
    } catch {
      return; // Pulumi has not started it yet.
    }
    try {
      use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  private restart(): void {
    this.position = 0;
    this.decoder = new StringDecoder("utf8");
    this.unfinished = "";
  }
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, position));
}
