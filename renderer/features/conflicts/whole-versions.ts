import type { ReadableField } from '../versions/field-differences.ts';

/** A field that two versions say otherwise. */
export interface Difference {
  field: ReadableField;
  other: ReadableField;
}

/** The fields in which two versions of one document differ. */
export const differencesOf = (one: readonly ReadableField[], two: readonly ReadableField[]): Difference[] =>
  one.flatMap((field) => {
    const other = two.find(({ field: name }) => name === field.field);
    return other && other.text !== field.text ? [{ field, other }] : [];
  });

/** Which of both versions the document shows now, by what they differ in; undefined where it shows neither, or is not here. */
export function standingSide(differing: readonly Difference[], present: readonly ReadableField[]): 0 | 1 | undefined {
  const shows = (side: keyof Difference) => differing.length > 0 && differing.every((difference) => present.find(({ field }) => field === difference.field.field)?.text === difference[side].text);
  if (shows('field')) return 0;
  return shows('other') ? 1 : undefined;
}
