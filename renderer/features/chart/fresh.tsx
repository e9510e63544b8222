import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { relativeTime, useNow } from '../../components/relative-time.ts';
import { timeText } from '../versions/time-text.ts';

/** How old what a card shows is; that nothing was ever written is said, too. */
export function Fresh({ at }: { at: string | undefined }) {
  const { t, i18n } = useTranslation();
  const now = useNow(30);
  if (at === undefined) {
    return (
      <Text size="xs" c="dimmed">
        {t('chart.never')}
      </Text>
    );
  }
  return (
    <Text size="xs" c="dimmed" title={timeText(at)}>
      {t('chart.fresh', { ago: relativeTime(at, now, i18n.language) ?? t('chart.justNow') })}
    </Text>
  );
}
