import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EChartsOption } from 'echarts';
import { resourceDimensions } from '../../../shared/schema/resource-amounts.ts';
import { amountText, unitOf } from './amount-text.ts';
import type { ChartLook } from './chart.tsx';
import { heatStep, heatSteps } from './heat-steps.ts';
import { HeatLegend } from './heat-legend.tsx';
import { shareOf, type HostLoad, type Measure } from './host-load.ts';
import { LazyChart } from './lazy-chart.tsx';

interface HeatMapProps {
  hosts: readonly HostLoad[];
  measure: Measure;
  onOpen: (host: HostLoad) => void;
}

/** As many hosts have figures in their cells, and as many are in sight at once before the map is narrowed. */
const withFigures = 40;
const inSight = 200;

/** Every host's dimensions in shades. The same figures are in the table view. */
export function HeatMap({ hosts, measure, onOpen }: HeatMapProps) {
  const { t, i18n } = useTranslation();
  const cells = useMemo(() => cellsOf(hosts, measure), [hosts, measure]);
  const option = useCallback((look: ChartLook) => heatMapOption({ hosts, cells, measure, look, t, language: i18n.language }), [hosts, cells, measure, t, i18n.language]);
  return (
    <div>
      <HeatLegend measure={measure} />
      <LazyChart
        label={t('cloud.heatMapLabel', { count: hosts.length })}
        height={hosts.length > inSight ? 300 : 260}
        option={option}
        onPick={(index) => {
          const host = hosts[cells[index]?.host ?? -1];
          if (host) onOpen(host);
        }}
      />
    </div>
  );
}

interface Cell {
  host: number;
  dimension: number;
  share: number;
}

const cellsOf = (hosts: readonly HostLoad[], measure: Measure): Cell[] =>
  hosts.flatMap((host, index) => resourceDimensions.map((dimension, at) => ({ host: index, dimension: at, share: shareOf(host, dimension, measure) })));

interface HeatMapData extends Pick<HeatMapProps, 'hosts' | 'measure'> {
  cells: readonly Cell[];
  look: ChartLook;
  t: TFunction;
  language: string;
}

function heatMapOption({ hosts, cells, measure, look, t, language }: HeatMapData): EChartsOption {
  const steps = heatSteps(measure);
  const many = hosts.length > inSight;
  const figures = hosts.length <= withFigures;
  return {
    grid: { left: 92, right: 8, top: 8, bottom: many ? 92 : 68 },
    xAxis: { type: 'category', data: hosts.map(({ name }) => name), axisLabel: { color: look.dimmed, rotate: 45, fontSize: 11, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'category', inverse: true, data: resourceDimensions.map((dimension) => t(`resources.dimension.${dimension}`)), axisLabel: { color: look.text }, axisTick: { show: false }, axisLine: { show: false } },
    tooltip: { renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font }, formatter: (item) => tipOf(cells[(item as { dataIndex: number }).dataIndex], hosts, t, language) },
    ...(many && { dataZoom: [{ type: 'slider', height: 20, bottom: 4, startValue: 0, endValue: inSight - 1, brushSelect: false, textStyle: { color: look.dimmed } }, { type: 'inside', zoomOnMouseWheel: 'ctrl' }] }),
    series: [{
      type: 'heatmap',
      progressive: 0,
      data: cells.map(({ host, dimension, share }) => {
        const step = heatStep(steps, share);
        return { value: [host, dimension, Math.round(share * 100)], itemStyle: { color: step[look.theme] }, ...(figures && { label: { color: step.ink[look.theme] } }) };
      }),
      itemStyle: { borderColor: look.ground, borderWidth: many ? 0 : 1 },
      label: { show: figures, fontSize: 10, formatter: (item) => String((item.value as number[])[2]) },
      emphasis: { itemStyle: { borderColor: look.text, borderWidth: 2 } },
    }],
  };
}

function tipOf(cell: Cell | undefined, hosts: readonly HostLoad[], t: TFunction, language: string): string {
  const host = hosts[cell?.host ?? -1];
  const dimension = resourceDimensions[cell?.dimension ?? -1];
  if (!host || !dimension) return '';
  const { allocated, promised, physical, stranded } = host.dimensions[dimension];
  const amount = (value: number) => amountText(value, unitOf[dimension], language);
  return t('cloud.heatTip', { host: host.name, dimension: t(`resources.dimension.${dimension}`), allocated: amount(allocated), promised: amount(promised), physical: amount(physical), stranded: amount(stranded) });
}
