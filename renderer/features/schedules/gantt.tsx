import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedTask } from '../../../shared/contract/schedules.ts';
import { durationText } from '../placements/duration-text.ts';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';
import { ganttRows, type GanttBar } from './gantt-rows.ts';

interface GanttProps {
  bars: readonly NamedTask[];
  /** Seconds. */
  makespan: number;
  bound: number | null;
}

/** Rows in sight before the chart is narrowed, and the height of one. */
const inSight = 30;
const rowHeight = 22;

/** The tasks on their processors over time, with the end of the last one beside the least possible. */
export function Gantt({ bars: tasks, makespan, bound }: GanttProps) {
  const { t, i18n } = useTranslation();
  const { names, bars } = useMemo(() => ganttRows(tasks), [tasks]);
  const option = useCallback((look: ChartLook) => ganttOption({ names, bars, makespan, bound, look, t, language: i18n.language }), [names, bars, makespan, bound, t, i18n.language]);
  return <LazyChart label={t('schedules.ganttLabel', { count: tasks.length })} height={Math.min(inSight, names.length) * rowHeight + 80} option={option} />;
}

interface GanttData extends Omit<GanttProps, 'bars'> {
  names: string[];
  bars: GanttBar[];
  look: ChartLook;
  t: TFunction;
  language: string;
}

function ganttOption({ names, bars, makespan, bound, look, t, language }: GanttData): EChartsOption {
  const tones = look.theme === 'light' ? (['#17609f', '#2f74b5'] as const) : (['#1f6fb5', '#255d92'] as const);
  const marks = [{ name: t('schedules.makespan'), xAxis: makespan, color: look.text, type: 'solid' as const }, ...(bound === null ? [] : [{ name: t('schedules.bound'), xAxis: bound, color: look.theme === 'light' ? '#994400' : '#ffb27a', type: 'dashed' as const }])];
  return {
    grid: { left: 8, right: names.length > inSight ? 44 : 24, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'value', min: 0, max: Math.max(makespan, bound ?? 0), axisLabel: { color: look.dimmed, formatter: (value: number) => durationText(value, language), hideOverlap: true }, splitLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'category', inverse: true, data: names, axisLabel: { color: look.text, fontSize: 11 }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } } },
    ...(names.length > inSight && { dataZoom: [{ type: 'slider', yAxisIndex: 0, right: 4, width: 18, startValue: 0, endValue: inSight - 1, brushSelect: false }] }),
    tooltip: { renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font }, formatter: (item) => tipOf(bars[(item as { dataIndex: number }).dataIndex], t, language) },
    series: [{
      type: 'custom',
      renderItem: drawBar(bars, look),
      encode: { x: [1, 2], y: 0 },
      data: bars.map(({ row, task }, index) => ({ value: [row, task.start, task.end], itemStyle: { color: tones[index % 2] ?? tones[0] } })),
      markLine: {
        symbol: 'none', silent: true,
        // Rounded up, a mark at the end of the axis would lie beyond it and not be drawn.
        precision: -1,
        data: marks.map(({ name, xAxis, color, type }, index) => ({ name, xAxis, lineStyle: { color, type, width: 2 }, label: { formatter: name, color, position: 'start', distance: index === 0 ? 2 : 16 } })),
      },
    }],
  };
}

const drawBar = (bars: readonly GanttBar[], look: ChartLook): CustomSeriesRenderItem => (params, api) => {
  const [left = 0, middle = 0] = api.coord([api.value(1), api.value(0)]);
  const [right = 0] = api.coord([api.value(2), api.value(0)]);
  const size = api.size?.([0, 1]);
  const height = (Array.isArray(size) ? (size[1] ?? rowHeight) : rowHeight) * 0.72;
  const width = Math.max(1, right - left);
  return {
    type: 'rect',
    shape: { x: left, y: middle - height / 2, width, height },
    style: { fill: api.visual('color') as string, stroke: look.ground, lineWidth: 1 },
    // A name that would be cut to a letter or two says nothing.
    ...(width > 56 && { textContent: { type: 'text', style: { text: bars[params.dataIndex]?.task.name ?? '', fill: '#ffffff', fontSize: 10, fontFamily: look.font, width: width - 8, overflow: 'truncate' } }, textConfig: { position: 'inside' } }),
  };
};

function tipOf(bar: GanttBar | undefined, t: TFunction, language: string): string {
  if (!bar) return '';
  const { name, nodeName, start, end } = bar.task;
  return t('schedules.tip', { name, node: nodeName, start: durationText(start, language), end: durationText(end, language) });
}
