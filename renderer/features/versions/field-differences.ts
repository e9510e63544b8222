import { textDifference, type TextChange } from './text-difference.ts';

/** A field as it reads in one version. */
export interface ReadableField {
  field: string;
  label: string;
  text: string;
}

/** A field that reads differently in two versions. */
export interface FieldDifference {
  field: string;
  label: string;
  changes: TextChange[];
}

/** The fields in which two versions differ, in the order of the newer one; both list the same fields. */
export function fieldDifferences(before: ReadableField[], after: ReadableField[]): FieldDifference[] {
  const textBefore = new Map(before.map(({ field, text }) => [field, text]));
  return after
    .filter(({ field, text }) => (textBefore.get(field) ?? '') !== text)
    .map(({ field, label, text }) => ({ field, label, changes: textDifference(textBefore.get(field) ?? '', text) }));
}
