/** How often a dose is taken: FHIR timing-abbreviation codes, and how many times in a day that makes. */
export const frequencies = {
  ONCE: { timesADay: 0 },
  QD: { timesADay: 1 },
  AM: { timesADay: 1 },
  BED: { timesADay: 1 },
  BID: { timesADay: 2 },
  TID: { timesADay: 3 },
  QID: { timesADay: 4 },
  Q4H: { timesADay: 6 },
  Q6H: { timesADay: 4 },
  Q8H: { timesADay: 3 },
  Q12H: { timesADay: 2 },
  QOD: { timesADay: 1 / 2 },
  WK: { timesADay: 1 / 7 },
} as const satisfies Record<string, { timesADay: number }>;
export type Frequency = keyof typeof frequencies;
export const frequencyCodes = Object.keys(frequencies) as Frequency[];

/** Undefined for a code of somebody else's. */
export const timesADay = (code: string): number | undefined => (Object.hasOwn(frequencies, code) ? frequencies[code as Frequency].timesADay : undefined);

/** Doses in so many days: at least one, and none is cut in two. */
export function doseCount(code: string, days: number): number | undefined {
  const times = timesADay(code);
  return times === undefined ? undefined : Math.max(1, Math.ceil(times * days));
}
