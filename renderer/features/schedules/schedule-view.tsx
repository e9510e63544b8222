import { Alert, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedTask, ScheduleRun } from '../../../shared/contract/schedules.ts';
import { Figures } from '../../components/figures.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { durationText } from '../placements/duration-text.ts';
import { methodText } from '../placements/method-text.ts';
import { gapText } from '../placements/value-text.ts';
import { timeText } from '../versions/time-text.ts';
import { Gantt } from './gantt.tsx';

const views = ['chart', 'figures'] as const;
type View = (typeof views)[number];
type Answer = NonNullable<ScheduleRun['answer']>;

/** A schedule: how long it takes beside the least that is possible, and every task's place in it. */
export function ScheduleView({ run, answer }: { run: ScheduleRun; answer: Answer }) {
  const { t, i18n } = useTranslation();
  const [view, setView] = useState<View>('chart');
  const duration = (seconds: number | null) => (seconds === null ? '–' : durationText(seconds, i18n.language));
  return (
    <Stack component="section" gap="sm" aria-label={t('schedules.schedule')}>
      <Title order={2} size="h4">
        {t('schedules.schedule')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('schedules.facts', { when: timeText(run.from), model: t(`placements.model.${run.model}`), foundBy: methodText(answer.foundBy, t), provedBy: methodText(answer.provedBy, t) })}
      </Text>
      <Figures
        figures={[
          { label: t('placements.status'), value: t(`placements.statuses.${answer.status}`) },
          { label: t('schedules.makespan'), value: duration(answer.makespan) },
          { label: t('schedules.bound'), value: duration(answer.makespanBound) },
          { label: t('placements.gap'), value: gapText(run.answer?.gap, t, i18n.language) },
          { label: t('schedules.tasks'), value: run.total.toLocaleString(i18n.language) },
          { label: t('placements.checker'), value: run.violations.length === 0 ? t('placements.agrees') : t('placements.differs', { violations: run.violations.join(', ') }) },
        ]}
      />
      {answer.reason && <Alert color="red">{t(`resources.taskReason.${answer.reason.code}`, { asked: answer.reason.asked, available: answer.reason.available })}</Alert>}
      {run.total > run.bars.length && <Text size="sm">{t('schedules.cut', { shown: run.bars.length, count: run.total })}</Text>}
      {run.bars.length > 0 && (
        <>
          <SegmentedControl size="xs" style={{ alignSelf: 'flex-start' }} aria-label={t('cloud.view.label')} value={view} onChange={(value) => setView(value as View)} data={views.map((value) => ({ value, label: t(`placements.view.${value}`) }))} />
          {view === 'chart' ? <Gantt bars={run.bars} makespan={answer.makespan ?? 0} bound={answer.makespanBound} /> : <BarTable bars={run.bars} />}
        </>
      )}
    </Stack>
  );
}

/** The Gantt chart's figures. */
function BarTable({ bars }: { bars: readonly NamedTask[] }) {
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
      <VirtualTable label={t('schedules.schedule')} columns={columns} page={bars} empty={null} />
    </div>
  );
}
