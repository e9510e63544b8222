const every = { atLeast: 3000, atMost: 6000 };

/**
 * When a report is due. What people look after is told at once; that one more change was taken, not for each of them: a save that
 * five hundred workstations hear of would be five hundred writes on the server.
 */
export class ReportPace {
  private last: { figures: string; at: number } | undefined;

  /** In how many milliseconds, at `now` milliseconds of a clock that only goes forward. At 0 it counts as sent. */
  dueIn(figures: string, now: number): number {
    const since = this.last?.figures === figures ? now - this.last.at : Infinity;
    if (since < every.atLeast) return every.atLeast - since + Math.random() * (every.atMost - every.atLeast);
    this.last = { figures, at: now };
    return 0;
  }

  /** Each session begins with one. */
  forget(): void {
    this.last = undefined;
  }
}
