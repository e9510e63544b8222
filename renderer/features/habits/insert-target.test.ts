import { expect, test } from 'vitest';
import { added } from './insert-target.ts';

test.each([
  ['', 'Cough', 'Cough'],
  ['Seen today.', 'Cough', 'Seen today.\nCough'],
  ['Seen today.\n', undefined, 'Seen today.\n'],
  ['Seen today.\nCough', 'Cough', 'Seen today.\nCough'],
  ['Cough\nFever\n', 'Cough\nFever', 'Cough\nFever\n'],
  ['Cough', 'Cough\nFever', 'Cough\nCough\nFever'],
  ['No cough', 'cough', 'No cough\ncough'],
])('to "%s" the last record adds "%s" once', (before, text, after) => {
  expect(added(before, text)).toBe(after);
  expect(added(added(before, text), text)).toBe(after);
});
