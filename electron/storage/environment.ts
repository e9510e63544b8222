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

export const environmentWith = (clock: Clock): Environment => ({
  clock,
  newId: () => v7({ msecs: Math.max(0, clock.now().getTime()) }),
});
