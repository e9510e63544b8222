import type { TFunction } from 'i18next';
import type { ConflictRow, ConflictSide } from '../contract/sync.ts';
import { kindText } from './change-words.ts';
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
