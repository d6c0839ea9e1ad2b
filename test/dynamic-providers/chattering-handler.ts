/** Writes line after line, as a waiting handler does, and never ends. */
export const handler = {
  create: () =>
    new Promise(() => {
      setInterval(() => process.stdout.write("still waiting\n"), 5);
    }),
};
