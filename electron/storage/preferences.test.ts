import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Preferences } from '../../shared/schema/setting.ts';
import { readPreferences, writePreferences } from './preferences.ts';

const fallback: Preferences = { language: 'zh', theme: 'auto' };
let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-preferences-'));
});
afterEach(() => rmSync(profile, { recursive: true }));

test('what was written is read, and a new profile has the fallback', () => {
  expect(readPreferences(profile, fallback)).toEqual(fallback);
  writePreferences(profile, { language: 'en', theme: 'dark' });
  expect(readPreferences(profile, fallback)).toEqual({ language: 'en', theme: 'dark' });
});

test.each([
  ['', fallback],
  ['{"language":"en","the', fallback],
  ['null', fallback],
  ['{"language":"en"}', { language: 'en', theme: 'auto' }],
  ['{"language":"en","theme":"dark","later":1}', { language: 'en', theme: 'dark' }],
  ['{"language":7,"theme":"dark"}', fallback],
])('a file with %s gives %o', (text, expected) => {
  writeFileSync(join(profile, 'preferences.json'), text);
  expect(readPreferences(profile, fallback)).toEqual(expected);
});
