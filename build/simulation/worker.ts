import { historiesOf, type Kind } from './kinds.ts';

/** The seed of the first history in a range that breaks a promise. */
export default async ({ kind, seed, count }: { kind: Kind; seed: number; count: number }): Promise<number | undefined> => (await historiesOf(kind)).firstFailing(seed, count);
