import { expect, test } from 'vitest';
import { ScanReader } from './use-scanner.ts';

/** Keys one after the other, `gap` milliseconds apart; answers what was scanned. */
function typed(keys: string[], gap: number, reader = new ScanReader(), from = 1000): (string | undefined)[] {
  return keys.map((key, index) => reader.read(key, from + index * gap)).filter((scanned) => scanned !== undefined);
}
const keysOf = (text: string) => [...text, 'Enter'];

test('fast digits and Enter are a scan', () => {
  expect(typed(keysOf('01-000123'), 5)).toEqual(['01-000123']);
});

test('a person who types the same and Enter is left alone', () => {
  expect(typed(keysOf('01-000123'), 80)).toEqual([]);
});

test.each(['12345', 'penicillin', '-000123', ''])('%s, however fast, is no number of a record', (text) => {
  expect(typed(keysOf(text), 1)).toEqual([]);
});

test('what was typed before a scan does not become part of it', () => {
  const reader = new ScanReader();
  typed([...'09'], 100, reader, 0);
  expect(typed(keysOf('01-000123'), 5, reader, 5000)).toEqual(['01-000123']);
});

test('Shift and the arrows do not break a scan, and two scans are two', () => {
  const reader = new ScanReader();
  expect(typed(['0', '1', 'Shift', '-', '0', '0', '0', '1', 'Enter'], 5, reader)).toEqual(['01-0001']);
  expect(typed(keysOf('01-000002'), 5, reader, 2000)).toEqual(['01-000002']);
});
