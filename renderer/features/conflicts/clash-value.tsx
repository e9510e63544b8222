import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConflictField } from '../../../shared/conflicts/conflict-field.ts';
import { textDifference } from '../versions/text-difference.ts';
import classes from './conflict.module.css';
import { valueText } from './conflict-values.ts';

interface ClashValueProps {
  field: ConflictField;
  value: unknown;
  /** What it is compared with. */
  other: unknown;
}

/** One side's value; in a text, what the other side does not have is marked. */
export function ClashValue({ field, value, other }: ClashValueProps) {
  const { t } = useTranslation();
  const text = valueText(field, value, t);
  if (text === '') {
    return (
      <Text className={classes.value ?? ''} c="dimmed">
        {t('conflicts.empty')}
      </Text>
    );
  }
  if (field.kind === 'picture') return <img src={text} alt={t('patients.field.photo')} className={classes.picture} />;
  const compared = field.kind === 'text' || field.kind === 'line';
  return <p className={classes.value}>{compared ? <Marked text={text} other={valueText(field, other, t)} /> : text}</p>;
}

/** A text with the words marked that `other` does not have. */
export function Marked({ text, other }: { text: string; other: string }) {
  return textDifference(other, text)
    .filter(({ kind }) => kind !== 'removed')
    .map(({ kind, text: part }, index) => (kind === 'same' ? <span key={index}>{part}</span> : <mark key={index}>{part}</mark>));
}
