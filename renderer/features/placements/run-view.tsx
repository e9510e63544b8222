import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacementRun } from '../../../shared/contract/placements.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FindingText } from '../resources/finding-text.tsx';
import { ComparedModels } from '../solver-runs/compared-models.tsx';
import { usePlacementRun } from '../solver-runs/use-run.ts';
import { ModelAnswer } from './model-answer.tsx';
import { valueText } from './value-text.ts';

interface RunViewProps {
  jobId: string;
  onBusy: (busy: boolean) => void;
}

/** A run of the placement: its models side by side, and what each of them answers. */
export function RunView({ jobId, onBusy }: RunViewProps) {
  const { run, job, error } = usePlacementRun(jobId);
  if (error) return <ErrorNotice error={error} />;
  return run ? <Run run={run} job={job} onBusy={onBusy} /> : null;
}

function Run({ run, job, onBusy }: Pick<RunViewProps, 'onBusy'> & { run: PlacementRun; job: ReturnType<typeof usePlacementRun>['job'] }) {
  const { t, i18n } = useTranslation();
  const { hosts, machines, models, outdated, options: { objective } } = run;
  const sizes = { machines: t('cloud.machineCount', { count: machines }), hosts: t('cloud.hostCount', { count: hosts }) };
  const text = useCallback((value: number | null | undefined) => valueText(value, objective, t, i18n.language), [objective, t, i18n.language]);
  return (
    <ComparedModels
      courses={models} job={job} outdated={outdated} onBusy={onBusy} greaterIsBetter={objective === 'profit'} valueText={text}
      solving={t('placements.solving', sizes)} asked={t('placements.asked', { objective: t(`placements.objectives.${objective}`), ...sizes })}
      reason={({ answer }) => answer?.reason && <FindingText finding={answer.reason} />}
      extra={{ header: t('placements.placed'), cell: ({ answer }) => (answer ? t('placements.placedOf', { placed: answer.placed, all: machines }) : '–') }}
      answer={(model) => <ModelAnswer key={model.model} run={run} model={model} />}
    />
  );
}
