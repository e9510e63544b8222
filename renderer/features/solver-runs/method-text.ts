import type { TFunction } from 'i18next';
import type { placements } from '../../../shared/i18n/en/placements.ts';
import { placements as known } from '../../../shared/i18n/en/placements.ts';

type Method = keyof (typeof placements)['method'];
const isKnown = (word: string): word is Method => Object.hasOwn(known.method, word);

/** What found or proved something, in people's words: the models name it by words of their own, several with a space or comma between. */
export function methodText(by: string, t: TFunction): string {
  const words = by.split(/,? /).filter((word) => word !== '');
  return words.map((word) => (isKnown(word) ? t(`placements.method.${word}`) : word)).join(t('auditLog.listSeparator'));
}
