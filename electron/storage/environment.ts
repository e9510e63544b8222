import { v7 } from 'uuid';

/** The only clock of the backend. */
export interface Clock {
  now(): Date;
}

/** What a store takes from outside, so that tests and the simulator can hand in their own. */
export interface Environment {
  clock: Clock;
  /** A fresh UUIDv7. */
  newId(): string;
}

export const systemClock: Clock = { now: () => new Date() };

export function environmentWith(clock: Clock): Environment {
  const random = randomBytesInAdvance();
  return { clock, newId: () => v7({ msecs: Math.max(0, clock.now().getTime()), random: random() }) };
}

const idBytes = 16;

/** Random bytes for one id after the other, asked of the system for 256 ids at once: one at a time it takes longer than a row. */
function randomBytesInAdvance(): () => Uint8Array {
  const pool = new Uint8Array(idBytes * 256);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    used += idBytes;
    return pool.subarray(used - idBytes, used);
  };
}
