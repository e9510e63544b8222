import { useCallback } from 'react';
import type { EChartsOption } from 'echarts';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';

export interface TrendLine {
  name: string;
  points: { at: string; value: number }[];
}

interface TrendChartProps {
  label: string;
  lines: TrendLine[];
  /** What is normal, drawn as two lines across. */
  low?: number | undefined;
  high?: number | undefined;
}

const dashes = ['solid', 'dashed', 'dotted'] as const;

/** Values over time. The values stand in a table beside it. */
export function TrendChart({ label, lines, low, high }: TrendChartProps) {
  // Drawn anew only when what it shows is another: lists of the same values come with every render.
  const drawn = JSON.stringify({ lines, low, high });
  const option = useCallback((look: ChartLook) => optionOf(JSON.parse(drawn) as Omit<TrendChartProps, 'label'>, look), [drawn]);
  return <LazyChart label={label} height={240} option={option} />;
}

function optionOf({ lines, low, high }: Omit<TrendChartProps, 'label'>, look: ChartLook): EChartsOption {
  const bounds = [low, high].filter((bound) => bound !== undefined);
  const colors = look.theme === 'dark' ? ['#7fbdf5', '#ffb27a', '#7fd49b'] : ['#17609f', '#994400', '#1b6e33'];
  return {
    // Room on the right for the figures of what is normal, which stand outside the grid.
    grid: { left: 48, right: 44, top: 28, bottom: 28 },
    legend: { show: lines.length > 1, top: 0, textStyle: { color: look.text } },
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'time', axisLabel: { color: look.dimmed }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', scale: true, axisLabel: { color: look.dimmed }, splitLine: { lineStyle: { color: look.line } } },
    series: lines.map(({ name, points }, index) => ({
      type: 'line', name, symbolSize: 7, color: colors[index % colors.length] ?? look.text,
      lineStyle: { type: dashes[index % dashes.length] ?? 'solid' },
      data: points.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ at, value }) => [at, value]),
      ...(index === 0 && bounds.length > 0 && {
        markLine: { silent: true, symbol: 'none', lineStyle: { color: look.dimmed, type: 'dashed' }, label: { color: look.dimmed }, data: bounds.map((yAxis) => ({ yAxis })) },
      }),
    })),
  };
}
