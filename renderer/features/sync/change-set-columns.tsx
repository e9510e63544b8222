import type { TFunction } from 'i18next';
import type { ChangeSetRow } from '../../../shared/contract/sync.ts';
import type { AuditAction } from '../../../shared/schema/audit-entry.ts';
import { resources } from '../../../shared/i18n/index.ts';
import type { Column } from '../../components/table-header.tsx';
import { timeText } from '../versions/time-text.ts';
import { documentText, namedDocuments } from './document-words.ts';

/** What was done; an action of a newer version is named as it came. */
export function actionText(action: string, t: TFunction): string {
  return Object.hasOwn(resources.en.translation.audit, action) ? t(`audit.${action as AuditAction}`) : action;
}

/** `Patient 王芳 · Record Fever · and 3 more`. */
export function aboutText({ documents, documentCount }: ChangeSetRow, t: TFunction): string {
  const told = namedDocuments(documents);
  const named = told.slice(0, 2).map((document) => documentText(document, t));
  const more = documentCount - (documents.length - told.length) - named.length;
  return [...named, more > 0 && named.length > 0 && t('sync.moreDocuments', { count: more })].filter(Boolean).join(' · ');
}

/** The columns that every list of changes has. */
export function changeSetColumns<Row extends ChangeSetRow>(t: TFunction): [savedAt: Column<Row>, action: Column<Row>, about: Column<Row>, savedBy: Column<Row>] {
  return [
    { key: 'savedAt', header: t('sync.savedAt'), width: '9.5rem', cell: (row) => timeText(row.savedAt) },
    { key: 'action', header: t('sync.what'), width: 'minmax(9rem, 1fr)', cell: (row) => actionText(row.action, t) },
    { key: 'about', header: t('sync.about'), width: 'minmax(12rem, 2fr)', cell: (row) => aboutText(row, t) },
    { key: 'savedBy', header: t('sync.savedBy'), width: 'minmax(6rem, 0.75fr)', cell: (row) => row.savedByName },
  ];
}
