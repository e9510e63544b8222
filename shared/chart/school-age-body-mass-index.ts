import type { RangeRow } from './reference-ranges.ts';

type Sex = NonNullable<RangeRow['gender']>;

/** From 6 years on, one figure for each half year up to 18. */
const firstAge = 6;

/** The greatest body mass index that counts as thinness (消瘦). China's WS/T 456-2014, appendix B. */
const thinUpTo: Readonly<Record<Sex, readonly number[]>> = {
  male: [13.4, 13.8, 13.9, 13.9, 14.0, 14.0, 14.1, 14.2, 14.4, 14.6, 14.9, 15.1, 15.4, 15.6, 15.9, 16.1, 16.4, 16.7, 16.9, 17.0, 17.3, 17.5, 17.7, 17.9],
  female: [13.1, 13.3, 13.4, 13.5, 13.6, 13.7, 13.8, 13.9, 14.0, 14.1, 14.3, 14.5, 14.7, 14.9, 15.3, 15.6, 16.0, 16.3, 16.6, 16.8, 17.0, 17.1, 17.2, 17.3],
};

/** The least that counts as overweight (超重). China's WS/T 586-2018, table 1. */
const overweightFrom: Readonly<Record<Sex, readonly number[]>> = {
  male: [16.4, 16.7, 17.0, 17.4, 17.8, 18.1, 18.5, 18.9, 19.2, 19.6, 19.9, 20.3, 20.7, 21.0, 21.4, 21.9, 22.3, 22.6, 22.9, 23.1, 23.3, 23.5, 23.7, 23.8],
  female: [16.2, 16.5, 16.8, 17.2, 17.6, 18.1, 18.5, 19.0, 19.5, 20.0, 20.5, 21.1, 21.5, 21.9, 22.2, 22.6, 22.8, 23.0, 23.2, 23.4, 23.6, 23.7, 23.8, 23.9],
};

/** An index is given to one decimal, so that the next one is the first that is not meant. */
const next = (value: number, step: 1 | -1) => Math.round(value * 10 + step) / 10;

/** What lies between thinness and overweight, in kg/m², by sex and half years of age. Of a child whose sex is not known there is none. */
export const schoolAgeBodyMassIndex: readonly RangeRow[] = (['male', 'female'] as const).flatMap((gender) =>
  thinUpTo[gender].map((thin, index): RangeRow => {
    const from = firstAge + index / 2;
    return { gender, ages: [from, from + 0.5], low: next(thin, 1), high: next(overweightFrom[gender][index] as number, -1) };
  }));
