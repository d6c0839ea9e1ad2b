/** Lets other requests in between the steps of long work: `await slice.pause()` gives way once the slice is used up. */
export class TimeSlice {
  private until = Date.now() + SLICE_MS;

  async pause(): Promise<void> {
    if (Date.now() >= this.until) {
      await new Promise((resolve) => setImmediate(resolve));
      this.until = Date.now() + SLICE_MS;
    }
  }
}

/** Longest time the event loop is held, in milliseconds. */
const SLICE_MS = 15;
