/** Runs something after the given milliseconds. @returns a function that cancels it */
export type Schedule = (milliseconds: number, run: () => Promise<void>) => () => void;

/** The machine's timers. They keep no process alive: a command ends when its work does. */
export const machineTimers: Schedule = (milliseconds, run) => {
  const timer = setTimeout(() => void run(), milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
