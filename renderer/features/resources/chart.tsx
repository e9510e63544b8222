import { useComputedColorScheme } from '@mantine/core';
import { BarChart, HeatmapChart, CustomChart, LineChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import { useEffect, useRef } from 'react';

register([BarChart, HeatmapChart, CustomChart, LineChart, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** What a chart is drawn with: the page's own colours and letters. */
export interface ChartLook {
  theme: 'light' | 'dark';
  text: string;
  dimmed: string;
  line: string;
  ground: string;
  font: string;
}

interface ChartProps {
  /** Says what is drawn; the figures themselves stand in a table beside it. */
  label: string;
  /** In pixels. */
  height: number;
  option: (look: ChartLook) => EChartsOption;
  /** A click on a datum. */
  onPick?: (dataIndex: number) => void;
}

/** A chart of ECharts on a canvas. Nothing moves by itself, and tips are drawn, not written as HTML: names come from outside. */
export function Chart({ label, height, option, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  const theme = useComputedColorScheme('light');
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    const around = box.current;
    const drawn = init(around);
    chart.current = drawn;
    drawn.on('click', ({ dataIndex }) => pick.current?.(dataIndex));
    // A watcher tells of the size at first too: all would be drawn twice.
    const watcher = new ResizeObserver(() => {
      if (drawn.getWidth() !== around.clientWidth || drawn.getHeight() !== around.clientHeight) drawn.resize();
    });
    watcher.observe(around);
    return () => {
      watcher.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    if (!box.current) return;
    const look = lookOf(box.current, theme);
    const common: EChartsOption = { animation: false, textStyle: { fontFamily: look.font, color: look.text } };
    chart.current?.setOption({ ...common, ...option(look) }, { notMerge: true });
  }, [option, theme]);
  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />;
}

function lookOf(element: Element, theme: 'light' | 'dark'): ChartLook {
  const style = getComputedStyle(element);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme, text: variable('--mantine-color-text'), dimmed: variable('--mantine-color-dimmed'), line: variable('--outpost-border'), ground: variable('--mantine-color-body'),
    font: style.fontFamily,
  };
}
