import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../../shared/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { percentText } from '../resources/percent-text.ts';
import { measuredGrowth } from '../usage/growth.ts';

/** What a form takes as growth. */
const [least, most] = [-90, 1000];

/** Takes what demand will grow by from the trend of what the hosts really use. */
export function TrendGrowth({ onGrowth }: { onGrowth: (percent: number) => void }) {
  const { t, i18n } = useTranslation();
  const ask = useMutation<number | null, AppException, undefined>({
    mutationFn: measuredGrowth,
    onSuccess: (percent) => percent !== null && onGrowth(Math.min(most, Math.max(least, Math.ceil(percent)))),
  });
  return (
    <div>
      <Button size="compact-xs" variant="subtle" loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
        {t('usage.byTrend')}
      </Button>
      {ask.error && <ErrorNotice error={ask.error} />}
      {ask.isSuccess && (
        <Text size="xs" c="dimmed" role="status">
          {ask.data === null ? t('usage.byTrendNone') : t('usage.byTrendHint', { percent: percentText(ask.data / 100, i18n.language) })}
        </Text>
      )}
    </div>
  );
}
