/** A blob is no longer the one that was checked. */
export class ChangedBlob extends Error {
  constructor(address: string, checked: string, now: string | undefined) {
    const found = now === undefined ? "it has been deleted" : `it is now ${now}`;
    super(
      `${address} changed after it was checked (its ETag was ${checked}; ${found}), so none of it was used. Run the command again to see the effect of the change.`,
    );
    this.name = "ChangedBlob";
  }
}
