import type { TFunction } from 'i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';

/** Where the bytes of a document are, as far as this workstation knows. */
export function placeText({ isHere, isOnServer, bytesHere, attachment }: DocumentReferenceRow, t: TFunction): string {
  if (!isHere && bytesHere === 0) return t('documents.place.notHere');
  if (!isHere) return t('documents.place.coming', { share: `${Math.floor((100 * bytesHere) / attachment.size)} %` });
  if (isOnServer === undefined) return t('documents.place.here');
  return t(isOnServer ? 'documents.place.onServer' : 'documents.place.notSent');
}
