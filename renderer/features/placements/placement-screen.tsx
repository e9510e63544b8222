import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { RunChoice } from '../solver-runs/run-choice.tsx';
import { PlanRun } from './plan-run.tsx';
import { RunView } from './run-view.tsx';
import { SolveForm } from './solve-form.tsx';

/** Where the machines could go: models side by side, what they answer and why, and the way there. */
export function PlacementScreen() {
  const { t } = useTranslation();
  const manages = useMay()('resource.manage');
  const runs = useCall('placements.runs', {});
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const jobId = chosen ?? runs.data?.[0]?.jobId;
  function started(id: string) {
    setChosen(id);
    void runs.refetch();
  }
  return (
    <Page wide>
      <PageHeader title={t('placements.title')} description={t('placements.intro')} actions={<CloudSections />} />
      {runs.error && <ErrorNotice error={runs.error} />}
      <SolveForm busy={busy} onStarted={started} />
      <RunChoice runs={runs.data?.map((run) => ({ jobId: run.jobId, at: run.startedAt, objective: t(`placements.objectives.${run.options.objective}`) })) ?? []} jobId={jobId} onChoose={setChosen} />
      {jobId === undefined && runs.data && (
        <Text size="sm" c="dimmed">
          {t('placements.noRun')}
        </Text>
      )}
      {jobId !== undefined && <RunView key={jobId} jobId={jobId} onBusy={setBusy} />}
      {manages && <PlanRun />}
    </Page>
  );
}
