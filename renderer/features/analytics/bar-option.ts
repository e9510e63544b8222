import type { EChartsOption } from 'echarts';
import type { ChartLook } from '../resources/chart.tsx';

export interface Bars {
  labels: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
  /** Long names stand at the left of lying bars. */
  lying?: boolean;
}

const colors = { light: ['#17609f', '#994400', '#6b7480'], dark: ['#7fbdf5', '#ffb27a', '#a3adb9'] } as const;

/** Bars, those of several series upon each other. */
export function barOption({ labels, series, lying = false }: Bars, look: ChartLook): EChartsOption {
  const names = { type: 'category' as const, data: [...labels], inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.dimmed, hideOverlap: true, ...(lying && { width: 150, overflow: 'truncate' as const, interval: 0 }) } };
  const amounts = { type: 'value' as const, minInterval: 1, splitNumber: 4, axisLabel: { color: look.dimmed, hideOverlap: true }, splitLine: { lineStyle: { color: look.line } } };
  return {
    grid: { left: 8, right: 20, top: series.length > 1 ? 28 : 8, bottom: 4, containLabel: true },
    legend: { show: series.length > 1, top: 0, left: 0, itemHeight: 8, textStyle: { color: look.text }, selectedMode: false },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font } },
    ...(lying ? { xAxis: amounts, yAxis: names } : { xAxis: names, yAxis: amounts }),
    series: series.map(({ name, values }, index) => ({ type: 'bar' as const, name, stack: 'all', barMaxWidth: 28, data: [...values], itemStyle: { color: colors[look.theme][index] ?? look.dimmed } })),
  };
}
