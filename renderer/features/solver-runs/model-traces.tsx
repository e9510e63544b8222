import { SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import type { EChartsOption } from 'echarts';
import type { TFunction } from 'i18next';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { ChartLook } from '../resources/chart.tsx';
import { LazyChart } from '../resources/lazy-chart.tsx';
import type { AnyCourse } from './any-course.ts';
import { methodText } from './method-text.ts';
import { secondsText } from './solver-text.ts';

type View = 'chart' | 'figures';

interface TracesProps {
  courses: readonly AnyCourse[];
  valueText: (value: number | null) => string;
}

/** How each model's best value and bound came to be, second by second: drawn, or in figures. */
export function ModelTraces({ courses, valueText }: TracesProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('chart');
  const traced = courses.filter(({ progress }) => progress.length > 0);
  if (traced.length === 0) return null;
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label={t('placements.course')}
        data={(['chart', 'figures'] as const).map((value) => ({ value, label: t(`placements.view.${value}`) }))}
        value={view}
        onChange={(value) => setView(value as View)}
      />
      {view === 'chart' ? (
        <SimpleGrid cols={{ base: 1, xs: 2, lg: Math.max(2, traced.length) }} spacing="sm">
          {traced.map((course) => (
            <Trace key={course.model} course={course} valueText={valueText} />
          ))}
        </SimpleGrid>
      ) : (
        <TraceTable courses={traced} valueText={valueText} />
      )}
    </Stack>
  );
}

function Trace({ course, valueText }: { course: AnyCourse } & Pick<TracesProps, 'valueText'>) {
  const { t, i18n } = useTranslation();
  const option = useCallback((look: ChartLook) => traceOption(course, valueText, look, t, i18n.language), [course, valueText, t, i18n.language]);
  const name = t(`placements.model.${course.model}`);
  return (
    <div>
      <Text size="sm" fw={500}>
        {name}
      </Text>
      <LazyChart label={t('placements.traceLabel', { model: name })} height={180} option={option} />
    </div>
  );
}

function traceOption({ progress, seconds }: AnyCourse, text: TracesProps['valueText'], look: ChartLook, t: TFunction, language: string): EChartsOption {
  const last = progress.at(-1);
  const line = (of: 'value' | 'bound') => [...progress.map((point) => [point.seconds, point[of]]), ...(last ? [[Math.max(seconds, last.seconds), last[of]]] : [])];
  const [blue, orange] = look.theme === 'light' ? ['#17609f', '#994400'] : ['#7fbdf5', '#ffb27a'];
  const series = (of: 'value' | 'bound', color: string, type: 'solid' | 'dashed') =>
    ({ name: t(`placements.${of}`), type: 'line', step: 'end', symbol: 'none', data: line(of), lineStyle: { color, width: 2, type }, itemStyle: { color } }) as const;
  return {
    grid: { left: 8, right: 12, top: 28, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemHeight: 8, textStyle: { color: look.text }, selectedMode: false },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: look.ground, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.font }, valueFormatter: (value) => text(Number(value)) },
    xAxis: { type: 'value', min: 0, axisLabel: { color: look.dimmed, formatter: (value: number) => secondsText(value, language), hideOverlap: true }, splitLine: { show: false }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', scale: true, minInterval: 1, splitNumber: 3, axisLabel: { color: look.dimmed, formatter: text }, splitLine: { lineStyle: { color: look.line } } },
    series: [series('value', blue ?? '', 'solid'), series('bound', orange ?? '', 'dashed')],
  };
}

/** The chart's figures. */
function TraceTable({ courses, valueText: text }: TracesProps) {
  const { t, i18n } = useTranslation();
  const rows = courses.flatMap(({ model, progress }) => progress.map((point) => ({ model, ...point })));
  type Row = (typeof rows)[number];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '16rem' }}>
      <VirtualTable
        label={t('placements.course')}
        columns={[
          { key: 'model', header: t('placements.modelName'), width: 'minmax(9rem, 1fr)', cell: ({ model }: Row) => t(`placements.model.${model}`) },
          { key: 'seconds', header: t('placements.time'), width: '6rem', align: 'end', cell: ({ seconds }: Row) => secondsText(seconds, i18n.language) },
          { key: 'value', header: t('placements.value'), width: '8rem', align: 'end', cell: ({ value }: Row) => text(value) },
          { key: 'bound', header: t('placements.bound'), width: '8rem', align: 'end', cell: ({ bound }: Row) => text(bound) },
          { key: 'step', header: t('placements.step'), width: 'minmax(10rem, 1fr)', cell: ({ step }: Row) => methodText(step, t) },
        ]}
        page={rows}
        empty={null}
      />
    </div>
  );
}
