import { Group, SegmentedControl, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ranges, samplesQuery, useMeasured, type Range } from './measured.ts';
import { TrendChart } from './trend-chart.tsx';
import { TrendTable } from './trend-table.tsx';

const views = ['chart', 'figures'] as const;
type View = (typeof views)[number];
const everyHost = '';

/** What one host, a database, or all hosts of a provider together used over time, drawn or in figures. */
export function TrendsSection({ providers }: { providers: readonly string[] }) {
  const { t } = useTranslation();
  const [provider, setProvider] = useState(providers[0] ?? '');
  const [key, setKey] = useState(everyHost);
  const [range, setRange] = useState<Range>('day');
  const [view, setView] = useState<View>('chart');
  const measured = useMeasured(provider);
  const subject = measured.find((one) => one.key === key);
  const asked = subject ? [subject] : measured.filter(({ isHost }) => isHost);
  const { data, error } = useQuery({ ...samplesQuery({ provider, keys: asked.map((one) => one.key), range, sum: subject === undefined }), enabled: asked.length > 0 });
  const capacity = (metric: string) => asked.reduce((sum, one) => sum + (one.capacity?.[metric as 'cpu'] ?? 0), 0);
  const series = data?.series ?? [];
  return (
    <Stack component="section" gap="xs" aria-label={t('usage.trends')}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('usage.trends')}
        </Title>
        <Group gap="sm">
          <Select size="xs" w="10rem" aria-label={t('providers.name')} allowDeselect={false} data={[...providers]} value={provider} onChange={(value) => (setProvider(value ?? ''), setKey(everyHost))} />
          <Select size="xs" w="14rem" aria-label={t('usage.subject')} searchable allowDeselect={false} limit={100} data={[{ value: everyHost, label: t('usage.everyHost') }, ...measured.map((one) => ({ value: one.key, label: one.name }))]} value={key} onChange={(value) => setKey(value ?? everyHost)} />
          <Select size="xs" w="9rem" aria-label={t('usage.range')} allowDeselect={false} data={ranges.map((value) => ({ value, label: t(`usage.ranges.${value}`) }))} value={range} onChange={(value) => setRange(value as Range)} />
          <SegmentedControl size="xs" aria-label={t('cloud.view.label')} value={view} onChange={(value) => setView(value as View)} data={views.map((value) => ({ value, label: t(`placements.view.${value}`) }))} />
        </Group>
      </Group>
      {error && <ErrorNotice error={error} />}
      {data && series.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('usage.nothing')}
        </Text>
      )}
      {view === 'chart' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {series.map((one) => (
            <TrendChart key={one.metric} series={one} capacity={capacity(one.metric)} />
          ))}
        </SimpleGrid>
      )}
      {view === 'figures' && series.length > 0 && <TrendTable series={series} />}
    </Stack>
  );
}
