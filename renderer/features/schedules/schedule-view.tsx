import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { barsInChart, type NamedTask, type ScheduleModel } from '../../../shared/contract/schedules.ts';
import { callQuery, useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Figures } from '../../components/figures.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { AskedModel } from '../placements/asked.ts';
import { durationText } from '../placements/duration-text.ts';
import { Gantt } from './gantt.tsx';
import { taskValueText } from './task-text.ts';

const views = ['chart', 'figures'] as const;
type View = (typeof views)[number];
type Answer = NonNullable<ScheduleModel['answer']>;

/** A model's schedule: how long it takes beside the least that is possible, and every task's place in it. */
export function ScheduleView({ jobId, model: { model, answer } }: { jobId: string; model: ScheduleModel }) {
  const { t, i18n } = useTranslation();
  const [view, setView] = useState<View>('chart');
  const asked = { jobId, model };
  if (answer?.makespan == null) return answer?.reason ? null : <Text size="sm">{t('schedules.noneFound')}</Text>;
  const duration = (seconds: number | null) => taskValueText(seconds, 'makespan', i18n.language);
  return (
    <Stack gap="sm">
      <Figures figures={[{ label: t('schedules.makespan'), value: duration(answer.makespan) }, { label: t('schedules.bound'), value: duration(answer.makespanBound) }]} />
      <SegmentedControl size="xs" style={{ alignSelf: 'flex-start' }} aria-label={t('cloud.view.label')} value={view} onChange={(value) => setView(value as View)} data={views.map((value) => ({ value, label: t(`placements.view.${value}`) }))} />
      {view === 'chart' ? <BarChart asked={asked} answer={answer} /> : <BarTable asked={asked} />}
    </Stack>
  );
}

function BarChart({ asked, answer }: { asked: AskedModel; answer: Answer }) {
  const { t } = useTranslation();
  const { data, error } = useCall('schedules.bars', { ...asked, offset: 0, limit: barsInChart });
  if (error) return <ErrorNotice error={error} />;
  if (!data) return null;
  if (data.total === 0) return <Text size="sm">{t('schedules.nothingToDo')}</Text>;
  return (
    <>
      {data.total > data.rows.length && <Text size="sm">{t('schedules.cut', { shown: data.rows.length, count: data.total })}</Text>}
      <Gantt bars={data.rows} makespan={answer.makespan ?? 0} bound={answer.makespanBound} />
    </>
  );
}

/** The Gantt chart's figures. */
function BarTable({ asked }: { asked: AskedModel }) {
  const { t, i18n } = useTranslation();
  const duration = (seconds: number) => durationText(seconds, i18n.language);
  const columns: Column<NamedTask>[] = [
    { key: 'node', header: t('cloud.column.computeNode'), width: 'minmax(9rem, 1fr)', cell: ({ nodeName }) => nodeName },
    { key: 'processors', header: t('cloud.column.processors'), width: '8rem', cell: ({ processors }) => processors.map((processor) => processor + 1).join(', ') },
    { key: 'name', header: t('schedules.task'), width: 'minmax(9rem, 1fr)', cell: ({ name }) => name },
    { key: 'start', header: t('schedules.start'), width: '9rem', align: 'end', cell: ({ start }) => duration(start) },
    { key: 'end', header: t('schedules.end'), width: '9rem', align: 'end', cell: ({ end }) => duration(end) },
    { key: 'length', header: t('placements.takes'), width: '9rem', align: 'end', cell: ({ start, end }) => duration(end - start) },
  ];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '26rem' }}>
      <VirtualTable label={t('schedules.schedule')} columns={columns} page={(window) => callQuery('schedules.bars', { ...asked, ...window })} empty={t('schedules.nothingToDo')} />
    </div>
  );
}
