interface PresenceOptions {
  minutes: number;
  /** Milliseconds. */
  now: () => number;
  onIdle: () => void;
  /** Called for the first sign of life in every half minute. */
  onPresent: () => void;
}

const tellEveryMilliseconds = 30_000;

/**
 * Knows how long ago somebody was last there. `sign` takes a sign of life, `check` calls `onIdle` once when the time
 * is up. A sign that comes after the time is up is too late: the time is checked first.
 */
export function createPresence({ minutes, now, onIdle, onPresent }: PresenceOptions): { sign: () => void; check: () => void } {
  let lastSign = now();
  let lastTold = Number.NEGATIVE_INFINITY;
  let idle = false;

  function check() {
    // A clock that was set back makes the wait start anew rather than last for years.
    if (now() < lastSign) lastSign = now();
    if (idle || now() - lastSign < minutes * 60_000) return;
    idle = true;
    onIdle();
  }
  function sign() {
    check();
    if (idle) return;
    lastSign = now();
    if (Math.abs(lastSign - lastTold) < tellEveryMilliseconds) return;
    lastTold = lastSign;
    onPresent();
  }
  return { sign, check };
}
