import { textDifference, type TextChange } from './text-difference.ts';

/** A field as it reads in one version. */
export interface ReadableField {
  field: string;
  label: string;
  text: string;
  /** A choice, a day or a picture: replaced as a whole, for half a word of it says nothing. */
  whole?: boolean;
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
    .map(({ field, label, text, whole = false }) => {
      const former = textBefore.get(field) ?? '';
      return { field, label, changes: whole ? replacement(former, text) : textDifference(former, text) };
    });
}

const replacement = (before: string, after: string): TextChange[] =>
  [{ kind: 'removed' as const, text: before }, { kind: 'added' as const, text: after }].filter(({ text }) => text !== '');
