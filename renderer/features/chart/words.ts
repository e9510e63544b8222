import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { bloodPressurePanel, vitalSigns } from '../../../shared/chart/vital-signs.ts';
import { codeIn, codeSystems, type CodeableConcept } from '../../../shared/schema/fhir-types.ts';

export type Language = 'en' | 'zh';
export const useLanguage = (): Language => (useTranslation().i18n.language.startsWith('zh') ? 'zh' : 'en');

export { dispensedText, numberText, quantityText, rangeSource, rangeText, valueText } from '../../../shared/chart/value-text.ts';

/** A number as typed, also with a comma or in full width; undefined where it is none. */
export function readNumber(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** What an observation is called in the language of the screen: a vital sign is kept under its English name, whoever measured it. */
export function observationName(code: CodeableConcept, t: TFunction): string {
  const loinc = codeIn(code, codeSystems.loinc);
  const sign = vitalSigns.find((one) => one.loinc === loinc);
  if (sign !== undefined) return t(`chart.vital.${sign.key}`);
  return loinc === bloodPressurePanel.loinc ? t('chart.bloodPressure') : code.text;
}
