const smallest = 16 * 1024;

/** What one page may take: long enough that the link is used, short enough that a cut costs little and a click is answered. */
export interface PageTarget {
  linkMilliseconds: number;
  applyMilliseconds: number;
}

/** However long the round trip: a page must come well before a link that is silent is given up. */
const roundTripsAllowed = { times: 3, atMost: 9000 };

/** Sizes pages of a push, pull or snapshot by how long the last ones took to come and to be applied. */
export class PageSize {
  private byLink = 256 * 1024;
  private byApply: number;
  private asked = 0;
  private roundTrip: number | undefined;
  private readonly target: () => PageTarget;

  /** `byApply`: how many bytes are applied well at first; Infinity where the other side applies them. */
  constructor(target: () => PageTarget, byApply = 128 * 1024) {
    this.target = target;
    this.byApply = byApply;
  }

  /** A session begins, maybe over another line. */
  forgetRoundTrip(): void {
    this.roundTrip = undefined;
  }

  /** A message of few bytes was answered in so many milliseconds. */
  answered(milliseconds: number): void {
    this.roundTrip = Math.min(this.roundTrip ?? Infinity, milliseconds);
  }

  /** How many bytes to ask for, at most `limit`. */
  ask(limit: number): number {
    this.asked = Math.round(Math.max(smallest, Math.min(this.byLink, this.byApply, limit)));
    return this.asked;
  }

  /** `bytes` came in so many milliseconds. A page that was not filled says nothing of a longer one. */
  came(bytes: number, milliseconds: number): void {
    const { roundTrip = 0 } = this;
    const target = this.target().linkMilliseconds + Math.min(roundTripsAllowed.times * roundTrip, roundTripsAllowed.atMost);
    // What passes before the first byte says nothing of the line's width: counted in, it would make the pages of a far server the smallest.
    this.byLink = adjusted(this.byLink, { bytes, asked: this.asked, milliseconds: milliseconds - roundTrip, target });
  }

  applied(bytes: number, milliseconds: number): void {
    this.byApply = adjusted(this.byApply, { bytes, asked: this.asked, milliseconds, target: this.target().applyMilliseconds });
  }

  /** Nothing came in the time allowed: the line is far narrower than it was taken for. A cut says less: the line may be as wide as before once it is back. */
  failed(timedOut: boolean): void {
    this.byLink = Math.max(smallest, this.byLink / (timedOut ? 4 : 2));
  }
}

function adjusted(size: number, last: { bytes: number; asked: number; milliseconds: number; target: number }): number {
  const factor = Math.max(0.25, Math.min(2, last.target / Math.max(1, last.milliseconds)));
  if (factor > 1 && last.bytes < last.asked / 2) return size;
  return Math.max(smallest, Math.min(16 * 1024 * 1024, Math.min(size, last.asked) * factor));
}

/** The pages of one line, both ways. */
export class PageSizes {
  private readonly taken: PageSize;
  private readonly sent: PageSize;

  constructor(target: () => PageTarget) {
    this.taken = new PageSize(target);
    this.sent = new PageSize(target, Infinity);
  }

  /** How many bytes of a pull or snapshot to ask for, at most `limit`. */
  ask(limit: number): number {
    return this.taken.ask(limit);
  }

  /** How many bytes of change sets to send at once, at most `limit`: it may be less than a page ever is. */
  send(limit: number): number {
    return Math.min(limit, this.sent.ask(limit));
  }

  /** A message was answered after so many milliseconds. */
  answered(name: string, { bytes, sentBytes }: { bytes: number; sentBytes: number }, milliseconds: number): void {
    const size = this.sizeOf(name);
    if (size !== undefined) return size.came(size === this.sent ? sentBytes : bytes, milliseconds);
    for (const each of [this.taken, this.sent]) {
      if (name === 'hello') each.forgetRoundTrip();
      each.answered(milliseconds);
    }
  }

  failed(name: string, timedOut: boolean): void {
    this.sizeOf(name)?.failed(timedOut);
  }

  /** A page of so many bytes was applied. */
  applied(bytes: number, milliseconds: number): void {
    this.taken.applied(bytes, milliseconds);
  }

  private sizeOf(name: string): PageSize | undefined {
    if (name === 'push') return this.sent;
    return name === 'pull' || name === 'snapshot' ? this.taken : undefined;
  }
}
