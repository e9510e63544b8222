const smallest = 16 * 1024;

/** What one page may take: long enough that the link is used, short enough that a cut costs little and a click is answered. */
export interface PageTarget {
  linkMilliseconds: number;
  applyMilliseconds: number;
}

/** Sizes pages of a pull or snapshot by how long the last ones took to come and to be applied. */
export class PageSize {
  private byLink = 256 * 1024;
  private byApply = 128 * 1024;
  private asked = 0;
  private readonly target: () => PageTarget;

  constructor(target: () => PageTarget) {
    this.target = target;
  }

  /** How many bytes to ask for, at most `limit`. */
  ask(limit: number): number {
    this.asked = Math.round(Math.max(smallest, Math.min(this.byLink, this.byApply, limit)));
    return this.asked;
  }

  /** `bytes` came in so many milliseconds. A page that was not filled says nothing of a longer one. */
  came(bytes: number, milliseconds: number): void {
    this.byLink = adjusted(this.byLink, { bytes, asked: this.asked, milliseconds, target: this.target().linkMilliseconds });
  }

  applied(bytes: number, milliseconds: number): void {
    this.byApply = adjusted(this.byApply, { bytes, asked: this.asked, milliseconds, target: this.target().applyMilliseconds });
  }

  /** Nothing came in the time allowed: less is asked for. */
  failed(): void {
    this.byLink = Math.max(smallest, this.byLink / 4);
  }
}

function adjusted(size: number, last: { bytes: number; asked: number; milliseconds: number; target: number }): number {
  const factor = Math.max(0.25, Math.min(2, last.target / Math.max(1, last.milliseconds)));
  if (factor > 1 && last.bytes < last.asked / 2) return size;
  return Math.max(smallest, Math.min(16 * 1024 * 1024, Math.min(size, last.asked) * factor));
}
