import type { TFunction } from 'i18next';
import type { HeldChangeSet } from '../contract/sync.ts';
import { actionText, documentText } from './change-words.ts';

export const heldAction = ({ action }: HeldChangeSet, t: TFunction): string => (action === undefined ? t('fleet.held.unreadable') : actionText(action, t));

/** `Patient 王芳 · Record 王芳 · and 3 more`. */
export function heldAbout({ documents, documentCount }: HeldChangeSet, t: TFunction): string {
  const named = documents.slice(0, 2).map((document) => documentText(document, t));
  const more = documentCount - named.length;
  return [...named, more > 0 && named.length > 0 && t('sync.moreDocuments', { count: more })].filter(Boolean).join(' · ');
}

/** `Reception (East)`. */
export const heldFrom = ({ workstationName, siteName }: HeldChangeSet): string => (siteName === '' ? workstationName : `${workstationName} (${siteName})`);

/** Why it was refused, and by whom where that is not the clinic's own server. */
export function heldWhy({ refusal, byCentral }: HeldChangeSet, t: TFunction): string {
  const why = t(`quarantine.refusal.${refusal}`);
  return byCentral ? t('fleet.held.byCentral', { why }) : why;
}
