import { Stack, Table, Text, Title, UnstyledButton } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';
import { useAnalyticsView } from './analytics-view.ts';
import { barOption, type Bars } from './bar-option.ts';
import classes from './panel.module.css';

export interface PanelRow {
  key: string;
  name: string;
  /** One for each series. */
  values: readonly number[];
}

export interface PanelProps {
  title: string;
  hint?: string;
  /** Heads the names in the table. */
  nameLabel: string;
  series: readonly string[];
  rows: readonly PanelRow[];
  lying?: boolean;
  /** Shows who is behind a row. */
  onPick?: ((row: PanelRow) => void) | undefined;
}

/** A figure by something: a chart, or the same as a table whose rows lead to the patients. */
export function Panel({ title, hint, nameLabel, series, rows, lying = false, onPick }: PanelProps) {
  const { t } = useTranslation();
  const figures = useAnalyticsView((view) => view.figures);
  const isEmpty = rows.every(({ values }) => values.every((value) => value === 0));
  return (
    <Stack component="section" gap={6} aria-label={title} className={classes.panel ?? ''}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {isEmpty && <Text size="sm">{t('analytics.nothing')}</Text>}
      {!isEmpty && (figures ? <Figures {...{ title, nameLabel, series, rows, onPick }} /> : <Drawn {...{ title, series, rows, lying, onPick }} />)}
    </Stack>
  );
}

function Drawn({ title, series, rows, lying, onPick }: Pick<PanelProps, 'title' | 'series' | 'rows' | 'lying' | 'onPick'>) {
  const { t } = useTranslation();
  // Drawn anew only when what it shows is another: rows of the same figures come with every render.
  const drawn = JSON.stringify({ labels: rows.map(({ name }) => name), series: series.map((name, index) => ({ name, values: rows.map(({ values }) => values[index] ?? 0) })), lying: lying === true } satisfies Bars);
  const option = useCallback((look: ChartLook) => barOption(JSON.parse(drawn) as Bars, look), [drawn]);
  const pick = (index: number) => {
    const row = rows[index];
    if (row !== undefined) onPick?.(row);
  };
  const height = lying ? Math.max(120, 40 + rows.length * 26) : 220;
  return <LazyChart label={t('analytics.chartLabel', { name: title })} height={height} option={option} {...(onPick && { onPick: pick })} />;
}

function Figures({ title, nameLabel, series, rows, onPick }: Pick<PanelProps, 'title' | 'nameLabel' | 'series' | 'rows' | 'onPick'>) {
  const { t, i18n } = useTranslation();
  return (
    <div className={classes.figures} tabIndex={0} role="region" aria-label={t('analytics.figuresOf', { name: title })}>
      <Table aria-label={title} verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{nameLabel}</Table.Th>
            {series.map((name) => (
              <Table.Th key={name} ta="end">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row" fw={400}>
                {onPick && row.values.some((value) => value > 0) ? (
                  <UnstyledButton className={classes.pick ?? ''} aria-label={t('analytics.open', { name: row.name })} onClick={() => onPick(row)}>
                    {row.name}
                  </UnstyledButton>
                ) : (
                  row.name
                )}
              </Table.Th>
              {row.values.map((value, index) => (
                <Table.Td key={series[index]} ta="end" className={classes.number ?? ''}>
                  {value.toLocaleString(i18n.language)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
