/** Histories of one kind, each named by its seed. */
export interface Histories {
  /** Runs `count` of them from `seed` on; answers the seed of the first that breaks a promise. */
  firstFailing(seed: number, count: number): Promise<number | undefined>;
  /** Runs one again and prints what it broke, and the smallest part of it that still does. */
  explain(seed: number, withTrace: boolean): Promise<void>;
}
