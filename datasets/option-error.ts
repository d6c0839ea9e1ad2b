/** An option of a check that can't be what it is, such as an unknown model: the caller's mistake, not the dataset's. */
export class OptionError extends Error {
  override readonly name = "OptionError";

  constructor(
    readonly option: "model" | "rules",
    message: string,
  ) {
    super(message);
  }
}
