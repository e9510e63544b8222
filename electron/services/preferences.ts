import type { CallParsed } from '../../shared/contract/index.ts';
import type { Preferences } from '../../shared/schema/setting.ts';
import { writePreferences } from '../storage/preferences.ts';
import type { PublicContext } from './context.ts';

/** Sets language or theme for this workstation. Fails with `disk-full` or `storage-unavailable`, and then nothing changes. */
export function updatePreferences({ workstation }: PublicContext, changed: CallParsed<'preferences.update'>): Preferences {
  const { language = workstation.preferences.language, theme = workstation.preferences.theme } = changed;
  writePreferences(workstation.profile, { language, theme });
  workstation.preferences = { language, theme };
  workstation.statusChanged();
  return workstation.preferences;
}
