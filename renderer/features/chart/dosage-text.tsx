import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dispensedQuantity } from '../../../shared/chart/quantity.ts';
import { frequencyCodes, type Frequency } from '../../../shared/chart/frequencies.ts';
import type { MedicationOrder, MedicationRequestContent } from '../../../shared/schema/medication-request.ts';
import { dispensedText, quantityText } from './words.ts';

/** `500 mg, by mouth, three times a day, 7 days`. */
export function dosageText(order: Partial<MedicationRequestContent>, t: TFunction): string {
  const { doseQuantity, route, frequency, days, asNeeded, dosageText: words } = order;
  const known = frequencyCodes.includes(frequency as Frequency);
  const parts = [
    quantityText(doseQuantity, t),
    route && t(`chart.route.${route}`),
    known ? t(`chart.frequency.${frequency as Frequency}`) : frequency,
    asNeeded === true && t('chart.asNeeded'),
    days !== undefined && t('chart.days', { count: days }),
    words,
  ];
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(t('chart.separator'));
}

/** A prescription in two lines: the drug, and how it is taken with what is handed out. */
export function DosageText({ order }: { order: MedicationOrder }) {
  const { t } = useTranslation();
  const quantity = dispensedText({ ...order, quantity: dispensedQuantity(order) }, t);
  return (
    <>
      <Text size="sm" fw={600}>
        {order.medicationCodeableConcept.text}
      </Text>
      <Text size="xs" c="dimmed">
        {dosageText(order, t)} {quantity !== '' && `· ${t('chart.total', { quantity })}`}
      </Text>
    </>
  );
}
