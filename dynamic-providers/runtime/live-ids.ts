/**
 * Remote ids that this run of the program uses. One provider process serves a whole update, and it must not delete what it has just
 * taken into use again: A is deployed; B fails in its wait, so A waits for its delete; the user goes back to A, whose job and file
 * are adopted again; then the engine's pending deletes of A would destroy them.
 */
export class LiveIds {
  private readonly ids = new Set<string>();
  private program = false;

  /** The program uses `id`: said by `create` and by `update`. */
  use(id: string): void {
    this.program = true;
    this.ids.add(id);
  }

  /**
   * `id` stays as it is: said by `diff` without replacement. A refresh asks for diffs too, without any program behind them: what
   * `destroy --refresh` has just compared is to be deleted anyway. Only where a `check` came first is there a program.
   */
  keep(id: string): void {
    if (this.program) this.ids.add(id);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** The engine checked a resource that the program declares, so this process doesn't run a `destroy`. */
  sawProgram(): void {
    this.program = true;
  }

  /** `destroy` doesn't run the program: only deletes come, and with `--refresh` reads and diffs before them. */
  get destroying(): boolean {
    return !this.program;
  }
}
