import { useTranslation } from 'react-i18next';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { Column } from '../../components/table-header.tsx';
import { timeText } from '../versions/time-text.ts';
import type { Series } from './measured.ts';
import { metricText } from './metric-text.ts';

/** The charts' figures, a moment a row, the latest first. */
export function TrendTable({ series }: { series: readonly Series[] }) {
  const { t, i18n } = useTranslation();
  const moments = new Map<number, Map<string, number>>();
  for (const { metric, points } of series) {
    for (const [at, value] of points) moments.set(at, (moments.get(at) ?? new Map<string, number>()).set(metric, value));
  }
  const rows = [...moments].sort(([a], [b]) => b - a).map(([at, values]) => ({ at, values }));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { key: 'at', header: t('usage.at'), width: '11rem', cell: ({ at }) => timeText(new Date(at).toISOString()) },
    ...series.map(({ metric }) => ({
      key: metric, header: t(`usage.metric.${metric}`), width: 'minmax(8rem, 1fr)', align: 'end' as const,
      cell: ({ values }: Row) => { const value = values.get(metric); return value === undefined ? '–' : metricText(value, metric, i18n.language); },
    })),
  ];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '24rem' }}>
      <VirtualTable label={t('usage.trends')} columns={columns} page={rows} empty={null} />
    </div>
  );
}
