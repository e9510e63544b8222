import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { jobKindText } from '../../../shared/resources/job-kind-text.ts';
import type { JobRow } from '../../../shared/sync/resource-protocol.ts';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';
import { clockText } from '../versions/time-text.ts';
import { jobBars, type JobBar } from './job-bars.ts';

const rowHeight = 26;

/** Two rows a worker: what was planned for it, and what it did. The same figures are in the figures view. */
export function JobGantt({ jobs }: { jobs: readonly JobRow[] }) {
  const { t } = useTranslation();
  const drawn = useMemo(() => jobBars(jobs), [jobs]);
  const option = useCallback((look: ChartLook) => ganttOption(drawn, look, t), [drawn, t]);
  return <LazyChart label={t('usage.ganttLabel', { count: drawn.bars.length })} height={drawn.workers * 2 * rowHeight + 70} option={option} />;
}

function ganttOption({ workers, bars }: ReturnType<typeof jobBars>, look: ChartLook, t: TFunction): EChartsOption {
  const fills = look.theme === 'light' ? { planned: '#c5dcf1', actual: '#17609f', failed: '#a61b1b' } : { planned: '#2b4a66', actual: '#4f9bdd', failed: '#e06666' };
  const rows = Array.from({ length: workers }, (_, worker) => (['planned', 'actual'] as const).map((what) => t(`usage.row.${what}`, { number: worker + 1 }))).flat();
  const tip = ({ job, what, from, to }: JobBar) => t('usage.tip', { kind: jobKindText(job.kind, t), what: t(`usage.${what}`), from: clockText(new Date(from).toISOString()), to: clockText(new Date(to).toISOString()) });
  return {
    grid: { left: 8, right: 24, top: 8, bottom: 28, containLabel: true },
    xAxis: { type: 'time', axisLabel: { color: look.dimmed, hideOverlap: true }, splitLine: { show: true, lineStyle: { color: look.line } } },
    yAxis: { type: 'category', inverse: true, data: rows, axisLabel: { color: look.text, fontSize: 11 }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } } },
    tooltip: { renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font }, formatter: (item) => { const bar = bars[(item as { dataIndex: number }).dataIndex]; return bar ? tip(bar) : ''; } },
    series: [{
      type: 'custom', encode: { x: [1, 2], y: 0 }, renderItem: drawBar(look),
      data: bars.map(({ row, from, to, what, job }) => ({ value: [row, from, to], itemStyle: { color: what === 'actual' && job.state === 'failed' ? fills.failed : fills[what] } })),
    }],
  };
}

const drawBar = (look: ChartLook): CustomSeriesRenderItem => (_params, api) => {
  const [left = 0, middle = 0] = api.coord([api.value(1), api.value(0)]);
  const [right = 0] = api.coord([api.value(2), api.value(0)]);
  const height = rowHeight * 0.7;
  // A job of a few milliseconds is still there to be seen.
  return { type: 'rect', shape: { x: left, y: middle - height / 2, width: Math.max(2, right - left), height }, style: { fill: api.visual('color') as string, stroke: look.ground, lineWidth: 1 } };
};
