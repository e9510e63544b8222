import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleRun } from '../../../shared/contract/schedules.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ComparedModels } from '../solver-runs/compared-models.tsx';
import { useScheduleRun } from '../solver-runs/use-run.ts';
import { timeText } from '../versions/time-text.ts';
import { ScheduleView } from './schedule-view.tsx';
import { taskValueText } from './task-text.ts';

interface ScheduleRunViewProps {
  jobId: string;
  onBusy: (busy: boolean) => void;
}

/** A run over the tasks: its models side by side, and the schedule of each. */
export function ScheduleRunView({ jobId, onBusy }: ScheduleRunViewProps) {
  const { run, job, error } = useScheduleRun(jobId);
  if (error) return <ErrorNotice error={error} />;
  return run ? <Run run={run} job={job} onBusy={onBusy} /> : null;
}

function Run({ run, job, onBusy }: Pick<ScheduleRunViewProps, 'onBusy'> & { run: ScheduleRun; job: ReturnType<typeof useScheduleRun>['job'] }) {
  const { t, i18n } = useTranslation();
  const { tasks, nodes, models, outdated, options: { objective, from } } = run;
  const sizes = { tasks: t('schedules.taskCount', { count: tasks }), nodes: t('schedules.nodeCount', { count: nodes }) };
  const text = useCallback((value: number | null | undefined) => taskValueText(value, objective, i18n.language), [objective, i18n.language]);
  return (
    <ComparedModels
      courses={models} job={job} outdated={outdated} onBusy={onBusy} greaterIsBetter={objective === 'utilisation'} valueText={text}
      solving={t('schedules.solving', sizes)} asked={t('schedules.asked', { objective: t(`schedules.objectives.${objective}`), ...sizes, when: timeText(from) })}
      reason={({ answer }) => answer?.reason && t(`resources.taskReason.${answer.reason.code}`, { name: answer.blamed, asked: answer.reason.asked, available: answer.reason.available })}
      extra={{ header: t('schedules.makespan'), cell: ({ answer }) => taskValueText(answer?.makespan, 'makespan', i18n.language) }}
      answer={(model) => <ScheduleView key={model.model} jobId={run.jobId} model={model} />}
    />
  );
}
