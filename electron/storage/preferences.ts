import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preferencesSchema, type Preferences } from '../../shared/schema/setting.ts';
import { writeFileAtomic } from './atomic-file.ts';

const path = (profile: string): string => join(profile, 'preferences.json');

/** Language and theme. Whatever is missing or damaged in the file is taken from `fallback`; it never fails. */
export function readPreferences(profile: string, fallback: Preferences): Preferences {
  const found = preferencesSchema.partial().catch({}).parse(readJson(path(profile)));
  return { language: found.language ?? fallback.language, theme: found.theme ?? fallback.theme };
}

/** Fails with `disk-full` or `storage-unavailable`, and then the old preferences stay. */
export function writePreferences(profile: string, preferences: Preferences): void {
  writeFileAtomic(path(profile), JSON.stringify(preferences));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
