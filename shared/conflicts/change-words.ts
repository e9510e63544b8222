import type { TFunction } from 'i18next';
import type { ChangedDocument, ChangeSetRow } from '../contract/sync.ts';
import type { sync } from '../i18n/en/sync.ts';
import { resources } from '../i18n/index.ts';
import type { AuditAction } from '../schema/audit-entry.ts';

type Kind = keyof (typeof sync)['collection'];
const isKind = (collection: string): collection is Kind => Object.hasOwn(resources.en.translation.sync.collection, collection);

/** What kind of entry it is; a collection of a newer version is just an entry. */
export const kindText = (collection: string, t: TFunction): string => t(`sync.collection.${isKind(collection) ? collection : 'other'}`);

/** `Patient 王芳`. */
export const documentText = ({ collection, title }: ChangedDocument, t: TFunction): string =>
  [kindText(collection, t), title].filter(Boolean).join(' ');

/** The documents that a person would name: audit entries go without saying. */
export const namedDocuments = (documents: ChangedDocument[]): ChangedDocument[] => documents.filter(({ collection }) => collection !== 'auditEntries');

type Deed = keyof (typeof sync)['entry'];
const isDeed = (verb: string): verb is Deed => Object.hasOwn(resources.en.translation.sync.entry, verb);

/**
 * What was done. An RxDB client names no action: what it sends is `<collection>.created`, `.updated` or `.deleted`. An action of a newer
 * version is named as it came.
 */
export function actionText(action: string, t: TFunction): string {
  if (Object.hasOwn(resources.en.translation.audit, action)) return t(`audit.${action as AuditAction}`);
  const [collection = '', verb = ''] = action.split('.');
  return isKind(collection) && isDeed(verb) ? t(`sync.entry.${verb}`, { kind: kindText(collection, t) }) : action;
}

/** `Patient 王芳 · Record Fever · and 3 more`. */
export function aboutText({ documents, documentCount }: ChangeSetRow, t: TFunction): string {
  const told = namedDocuments(documents);
  const named = told.slice(0, 2).map((document) => documentText(document, t));
  const more = documentCount - (documents.length - told.length) - named.length;
  return [...named, more > 0 && named.length > 0 && t('sync.moreDocuments', { count: more })].filter(Boolean).join(' · ');
}
