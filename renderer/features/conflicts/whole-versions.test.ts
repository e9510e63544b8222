import { expect, it } from 'vitest';
import { differencesOf, standingSide } from './whole-versions.ts';

const version = (texts: Record<string, string>) => Object.entries(texts).map(([field, text]) => ({ field, label: field, text }));
const one = version({ chiefComplaint: 'Cough', diagnosis: 'Cold', notes: 'same' });
const two = version({ chiefComplaint: 'Fever', diagnosis: 'Flu', notes: 'same' });

it('tells which of two whole versions stands by what they differ in, whatever else was written since', () => {
  const differing = differencesOf(one, two);
  expect(differing.map(({ field }) => field.field)).toEqual(['chiefComplaint', 'diagnosis']);
  expect(standingSide(differing, version({ chiefComplaint: 'Cough', diagnosis: 'Cold', notes: 'new' }))).toBe(0);
  expect(standingSide(differing, two)).toBe(1);
});

it('says of neither that it stands where the document shows some of both, or is not here, or both read the same', () => {
  const differing = differencesOf(one, two);
  expect(standingSide(differing, version({ chiefComplaint: 'Fever', diagnosis: 'Cold' }))).toBeUndefined();
  expect(standingSide(differing, [])).toBeUndefined();
  expect(standingSide(differencesOf(one, one), one)).toBeUndefined();
});
