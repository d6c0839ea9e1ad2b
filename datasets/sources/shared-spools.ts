import type { Spooled } from "./spool";

/** Held without a user for this long: the validation file is compared with a training file that was checked a moment ago. */
const IDLE_MS = 60_000;

interface Entry {
  spooled: Promise<Spooled>;
  users: number;
  timer?: NodeJS.Timeout;
}

/** Contents of blobs that are read now, or were a moment ago: whoever needs the same one reads it too. */
export class SharedSpools {
  private readonly entries = new Map<string, Entry>();

  /** @param make - reads the content, where nobody has; a failure is forgotten */
  use(key: string, make: () => Promise<Spooled>): Promise<Spooled> {
    const known = this.entries.get(key);
    const entry: Entry = known ?? { spooled: make(), users: 0 };
    clearTimeout(entry.timer);
    entry.users++;
    if (!known) {
      this.entries.set(key, entry);
      entry.spooled.catch(() => this.entries.delete(key));
    }
    return entry.spooled;
  }

  release(key: string): void {
    const entry = this.entries.get(key);
    if (!entry || --entry.users > 0) return;
    entry.timer = setTimeout(() => void this.close(key, entry), IDLE_MS);
    entry.timer.unref();
  }

  private async close(key: string, entry: Entry): Promise<void> {
    this.entries.delete(key);
    await (await entry.spooled).handle.close();
  }
}
