/** Where a command tells what it does. */
export interface Terminal {
  write(text: string): unknown;

  /** Whether a person may be watching. */
  readonly isTTY?: boolean;
}

/** Time that passes in silence, seconds: most synths end before a person could read anything. */
const PATIENCE = 1;

/** One line that says how far a long synth has come, on a terminal only. */
export class Progress {
  private readonly start = process.uptime();
  private shown = false;

  constructor(private readonly terminal: Terminal) {}

  /** Shows how many targets are done, and which one comes next. */
  public show(done: number, targets: number, next: string): void {
    if (!this.terminal.isTTY || process.uptime() - this.start < PATIENCE) return;
    this.terminal.write(`\r\x1b[K${done} of ${targets} targets, now ${next}`);
    this.shown = true;
  }

  /** Leaves the terminal as it was. */
  public clear(): void {
    if (this.shown) this.terminal.write('\r\x1b[K');
  }
}
