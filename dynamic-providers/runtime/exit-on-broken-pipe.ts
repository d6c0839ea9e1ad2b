let watched = false;

/**
 * Ends this process, a provider's or the program's, when nobody reads its output any more: the engine that started it was killed. Pulumi's
 * processes report an uncaught error by writing it, so that every failed write would cause the next one, without end (measured: a full core, and memory
 * that grows to gigabytes).
 */
export function exitOnBrokenPipe(): void {
  if (watched) return;
  watched = true;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(1);
    });
  }
}
