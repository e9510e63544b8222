import type { TFunction } from 'i18next';
import type { ConflictRow, ConflictSide } from '../../../shared/contract/sync.ts';
import { kindText } from '../sync/document-words.ts';
import { timeText } from '../versions/time-text.ts';
import { fieldLabel } from './conflict-fields.ts';

/** `Record: Fever for three days`. */
export const conflictTitle = ({ collection, title }: ConflictRow, t: TFunction): string => t('conflicts.whatOf', { kind: kindText(collection, t), title });

/** `Address, Phone`. */
export const clashedFields = ({ collection, clashes }: ConflictRow, t: TFunction): string =>
  clashes.map(({ path }) => fieldLabel(collection, path, t)).join(', ');

/** `Dr Chen and Dr Li`; one person at two workstations is told apart by where she sat. */
export function bothNames({ sides: [one, two] }: ConflictRow, t: TFunction): string {
  const name = ({ savedByName, workstationName }: ConflictSide) =>
    one.savedByName === two.savedByName && workstationName !== undefined ? t('conflicts.whoAt', { name: savedByName, workstation: workstationName }) : savedByName;
  return t('conflicts.whoAndWho', { one: name(one), two: name(two) });
}

export const sideName = (side: 0 | 1, t: TFunction): string => t(side === 0 ? 'conflicts.side.one' : 'conflicts.side.two');

/** Who and when. */
export const sideWho = ({ savedByName, savedAt }: ConflictSide, t: TFunction): string => t('conflicts.byWhom', { name: savedByName, time: timeText(savedAt) });

/** Where it was written, as far as that is known here. */
export const sideWhere = ({ workstationName, siteName }: ConflictSide, t: TFunction): string =>
  [workstationName, siteName].filter(Boolean).join(' · ') || t('conflicts.somewhere');
