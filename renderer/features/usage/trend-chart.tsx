import { Text } from '@mantine/core';
import type { EChartsOption } from 'echarts';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { timeText } from '../versions/time-text.ts';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';
import type { Series } from './measured.ts';
import { metricText } from './metric-text.ts';
import { trendOf, type Trend } from './trend.ts';

/** One metric over time, what there is of it, and where its trend leads. The same figures are in the figures view. */
export function TrendChart({ series, capacity }: { series: Series; capacity: number }) {
  const { t, i18n } = useTranslation();
  const trend = trendOf(series.points, capacity);
  const option = useCallback((look: ChartLook) => chartOption({ series, capacity, trend: trendOf(series.points, capacity), look, t, language: i18n.language }), [series, capacity, t, i18n.language]);
  const name = t(`usage.metric.${series.metric}`);
  const [, last = 0] = series.points.at(-1) ?? [];
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('usage.metricNow', { metric: name, value: metricText(last, series.metric, i18n.language) })}
      </Text>
      <Text size="xs" c="dimmed">
        {trend === null ? t('usage.noTrend') : sentence(trend, series, t, i18n.language)}
      </Text>
      <LazyChart label={t('usage.chartLabel', { metric: name })} height={200} option={option} />
    </div>
  );
}

function sentence({ ahead, fullAt }: Trend, { metric }: Series, t: TFunction, language: string): string {
  const value = (of: number) => metricText(Math.max(0, of), metric, language);
  const leads = t('usage.leadsTo', { value: value(ahead.value), low: value(ahead.low), high: value(ahead.high), when: timeText(new Date(ahead.at).toISOString()) });
  return fullAt === null ? leads : `${leads} ${t('usage.fullAt', { when: timeText(new Date(fullAt).toISOString()) })}`;
}

interface ChartData {
  series: Series;
  capacity: number;
  trend: Trend | null;
  look: ChartLook;
  t: TFunction;
  language: string;
}

function chartOption({ series: { metric, points }, capacity, trend, look, t, language }: ChartData): EChartsOption {
  const [blue, orange] = look.theme === 'light' ? (['#17609f', '#994400'] as const) : (['#7fbdf5', '#ffb27a'] as const);
  const text = (value: number) => metricText(value, metric, language);
  const line = (name: string, data: readonly (readonly number[])[], color: string, type: 'solid' | 'dashed') => ({ name, type: 'line' as const, symbol: data.length < 2 ? ('circle' as const) : ('none' as const), symbolSize: 8, data: data.map((point) => [...point]), lineStyle: { color, width: 2, type }, itemStyle: { color } });
  const measured = line(t('usage.measured'), points, blue, 'solid');
  const mark = { symbol: 'none', silent: true, data: [{ yAxis: capacity, lineStyle: { color: look.dimmed, type: 'solid' as const }, label: { formatter: t('usage.thereIs', { value: text(capacity) }), color: look.dimmed, position: 'insideEndTop' as const } }] };
  return {
    grid: { left: 8, right: 16, top: 28, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemHeight: 8, textStyle: { color: look.text }, selectedMode: false },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font }, valueFormatter: (value) => text(Number(value)) },
    xAxis: { type: 'time', axisLabel: { color: look.dimmed, hideOverlap: true }, splitLine: { show: false }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', min: 0, splitNumber: 3, axisLabel: { color: look.dimmed, formatter: text }, splitLine: { lineStyle: { color: look.line } } },
    series: [{ ...measured, ...(capacity > 0 && { markLine: mark }) }, ...(trend === null ? [] : [line(t('usage.trend'), [[trend.from.at, trend.from.value], [trend.ahead.at, trend.ahead.value]], orange, 'dashed')])],
  };
}
