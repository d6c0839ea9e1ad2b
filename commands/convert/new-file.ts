import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { constants, copyFile, type FileHandle, link, open, rm } from "node:fs/promises";
import path from "node:path";

/** Lines are handed to the system in pieces of this size. */
const PIECE = 1 << 18;

/** A file that is complete or does not exist: written next to its place, then linked into it, which fails if a file is there. */
export class NewFile {
  private pending: string[] = [];
  private length = 0;
  private readonly removeAtExit = () => rmSync(this.temporary, { force: true });

  private constructor(
    private readonly place: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
  ) {
    process.once("exit", this.removeAtExit);
  }

  static async create(place: string): Promise<NewFile> {
    const temporary = path.join(path.dirname(place), `.${path.basename(place)}.${randomUUID()}.tmp`);
    return new NewFile(place, temporary, await open(temporary, "wx"));
  }

  async line(text: string): Promise<void> {
    this.pending.push(text, "\n");
    this.length += text.length + 1;
    if (this.length >= PIECE) await this.flush();
  }

  /** @throws an error with code EEXIST when a file has appeared there in the meantime; it is not changed. */
  async finish(): Promise<void> {
    await this.flush();
    await this.handle.sync();
    await this.handle.close();
    try {
      await link(this.temporary, this.place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
      await this.copy();
    }
  }

  /** Removes the temporary file. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.temporary, { force: true });
    process.off("exit", this.removeAtExit);
  }

  /** File systems without hard links (FAT, some network drives): not in one step, and still never over a file. */
  private async copy(): Promise<void> {
    try {
      await copyFile(this.temporary, this.place, constants.COPYFILE_EXCL);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") await rm(this.place, { force: true });
      throw error;
    }
  }

  private async flush(): Promise<void> {
    const text = this.pending.join("");
    this.pending = [];
    this.length = 0;
    if (text !== "") await this.handle.writeFile(text);
  }
}
