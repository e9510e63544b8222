import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { RunChoice } from '../solver-runs/run-choice.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleRunView } from './schedule-run-view.tsx';

/** When and where the tasks run: models side by side, and the schedule of each as bars and in figures. */
export function ScheduleScreen() {
  const { t } = useTranslation();
  const runs = useCall('schedules.runs', {});
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const jobId = chosen ?? runs.data?.[0]?.jobId;
  function started(id: string) {
    setChosen(id);
    void runs.refetch();
  }
  return (
    <Page wide>
      <PageHeader title={t('schedules.title')} description={t('schedules.intro')} actions={<CloudSections />} />
      {runs.error && <ErrorNotice error={runs.error} />}
      <ScheduleForm busy={busy} onStarted={started} />
      <RunChoice runs={runs.data?.map((run) => ({ jobId: run.jobId, at: run.options.from, objective: t(`schedules.objectives.${run.options.objective}`) })) ?? []} jobId={jobId} onChoose={setChosen} />
      {jobId === undefined && runs.data && (
        <Text size="sm" c="dimmed">
          {t('placements.noRun')}
        </Text>
      )}
      {jobId !== undefined && <ScheduleRunView key={jobId} jobId={jobId} onBusy={setBusy} />}
    </Page>
  );
}
