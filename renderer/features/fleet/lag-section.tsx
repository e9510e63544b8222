import { Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import type { FleetLag, FleetWorkstation } from '../../../shared/contract/sync.ts';
import { callQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LagChart, dashes, lineClass } from './lag-chart.tsx';
import classes from './lag-chart.module.css';
import { furthestBehind, worst, worstUnsent } from './lag-scale.ts';

const periods = { day: 24, week: 24 * 7, month: 24 * 30 } as const;
type Period = keyof typeof periods;
const anew = 60_000;

/** How far behind the workstations were over time: a chart, and its figures as a table. */
export function LagSection({ workstations }: { workstations: FleetWorkstation[] }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<Period>('day');
  const hours = periods[period];
  const { data, error, refetch, dataUpdatedAt } = useQuery({ ...callQuery('fleet.lag', { hours }), refetchInterval: anew });
  const lags = (data ?? []).filter(({ points }) => points.length > 0);
  const shown = furthestBehind(lags, dashes.length);
  const nameOf = (deviceId: string) => workstations.find((workstation) => workstation.deviceId === deviceId)?.name ?? deviceId.slice(-6);
  return (
    <Stack component="section" gap="xs" aria-label={t('fleet.lag')}>
      <Group justify="space-between">
        <div>
          <Title order={2} size="h4">
            {t('fleet.lag')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('fleet.lagHint')}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('fleet.lagPeriod')}
          data={(Object.keys(periods) as Period[]).map((value) => ({ value, label: t(`fleet.period.${value}`) }))}
          value={period}
          onChange={(value) => setPeriod(value as Period)}
        />
      </Group>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && shown.length === 0 && <Text size="sm">{t('fleet.lagNone')}</Text>}
      {shown.length > 0 && (
        <>
          <LagChart lags={shown} from={dataUpdatedAt - hours * 3_600_000} to={dataUpdatedAt} />
          {lags.length > shown.length && (
            <Text size="xs" c="dimmed">
              {t('fleet.hiddenInChart', { shown: shown.length, count: lags.length - shown.length })}
            </Text>
          )}
          <LagTable lags={[...shown, ...lags.filter((lag) => !shown.includes(lag))]} drawn={shown.length} nameOf={nameOf} />
        </>
      )}
    </Stack>
  );
}

interface LagTableProps {
  lags: FleetLag[];
  /** The first so many are in the chart. */
  drawn: number;
  nameOf: (deviceId: string) => string;
}

/** The chart's legend and figures in one. */
function LagTable({ lags, drawn, nameOf }: LagTableProps) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Table aria-label={t('fleet.lagTable')} verticalSpacing={4} maw="40rem">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('fleet.column.name')}</Table.Th>
          <Table.Th ta="end">{t('fleet.lagNow')}</Table.Th>
          <Table.Th ta="end">{t('fleet.lagWorst')}</Table.Th>
          <Table.Th ta="end">{t('fleet.lagUnsentWorst')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lags.map((lag, index) => (
          <Table.Tr key={lag.deviceId}>
            <Table.Th scope="row" fw={400}>
              <Group gap="xs" wrap="nowrap">
                {index < drawn && <Swatch index={index} />}
                {nameOf(lag.deviceId)}
              </Group>
            </Table.Th>
            <Table.Td ta="end">{number(lag.points.at(-1)?.behind ?? 0)}</Table.Td>
            <Table.Td ta="end">{number(worst(lag))}</Table.Td>
            <Table.Td ta="end">{number(worstUnsent(lag))}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Swatch({ index }: { index: number }) {
  return (
    <svg className={classes.swatch} viewBox="0 0 28 12" aria-hidden>
      <line className={lineClass(index)} strokeDasharray={dashes[index]} x1="0" x2="28" y1="6" y2="6" />
    </svg>
  );
}
