import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TextKey } from '../../../shared/i18n/index.ts';

const flags: Readonly<Record<string, { mark: string; color: string; label: TextKey }>> = {
  L: { mark: '↓', color: 'orange', label: 'chart.flag.L' },
  H: { mark: '↑', color: 'orange', label: 'chart.flag.H' },
  LL: { mark: '↓↓', color: 'red', label: 'chart.flag.LL' },
  HH: { mark: '↑↑', color: 'red', label: 'chart.flag.HH' },
  A: { mark: '!', color: 'orange', label: 'chart.flag.A' },
  AA: { mark: '!!', color: 'red', label: 'chart.flag.AA' },
  POS: { mark: '+', color: 'orange', label: 'chart.flag.POS' },
};

/** Whether a value is out of its range, in a sign, a colour and a word; nothing beside one that is not. */
export function Flag({ interpretation }: { interpretation: string | undefined }) {
  const { t } = useTranslation();
  const flag = interpretation === undefined ? undefined : flags[interpretation];
  if (!flag) return null;
  return (
    <Badge component="span" role="img" size="sm" variant="light" color={flag.color} tt="none" aria-label={t(flag.label)} title={t(flag.label)}>
      {flag.mark}
    </Badge>
  );
}
