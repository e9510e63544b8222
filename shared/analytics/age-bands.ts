/** Youngest age of each band, in years at the visit; a band ends below the next. {@link ageUnknown} where no birth is known. */
export const ageBands = [0, 1, 5, 15, 25, 35, 45, 55, 65, 75] as const;
export const ageUnknown = -1;

/** `5–14`, `75+`; undefined for {@link ageUnknown}. */
export function ageBandText(band: number): string | undefined {
  if (band === ageUnknown) return undefined;
  const next = ageBands[ageBands.findIndex((least) => least === band) + 1];
  if (next === undefined) return `${band}+`;
  return next === band + 1 ? String(band) : `${band}–${next - 1}`;
}
