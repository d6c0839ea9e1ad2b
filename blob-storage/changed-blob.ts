/** A blob is no longer the one that was checked. */
export class ChangedBlob extends Error {
  constructor(address: string, checked: string, now: string | undefined) {
    const found = now === undefined ? "it was deleted" : `ETag ${now} now`;
    super(
      `${address} changed after it was checked (ETag ${checked} then, ${found}), so none of it was used. Run the command again to see what the change means.`,
    );
    this.name = "ChangedBlob";
  }
}
