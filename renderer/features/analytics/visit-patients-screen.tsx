import { Button } from '@mantine/core';
import { IconDownload, IconUsers } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import type { VisitPatientRow } from '../../../shared/contract/analytics.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppException } from '../../../shared/errors.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { download } from '../../components/download.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { Page } from '../../components/page.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { readExport } from '../exports/read-export.ts';
import { paths } from '../patients/paths.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { useAnalyticsView } from './analytics-view.ts';

/** Who is behind a figure of the dashboards, those who came last first. */
export function VisitPatientsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ageLabel = useAgeLabel();
  const may = useMay();
  const behind = useAnalyticsView((view) => view.behind);
  if (!behind) return <Navigate to="/analytics" replace />;
  const { name, filter, part } = behind;
  const columns: Column<VisitPatientRow>[] = [
    { key: 'number', header: t('patients.field.medicalRecordNumber'), width: '7rem', cell: (row) => row.medicalRecordNumber },
    { key: 'name', header: t('patients.field.name'), width: 'minmax(8rem, 2fr)', cell: (row) => row.name },
    { key: 'gender', header: t('patients.field.gender'), width: '5rem', cell: (row) => t(`patients.gender.${row.gender}`) },
    { key: 'age', header: t('patients.field.age'), width: '6rem', cell: ageLabel },
    { key: 'phone', header: t('patients.field.phone'), width: 'minmax(7rem, 1fr)', cell: (row) => row.phone },
    { key: 'visits', header: t('analytics.visits'), width: '6rem', align: 'end', cell: (row) => row.visits },
    { key: 'lastVisit', header: t('analytics.lastVisit'), width: '8rem', align: 'end', cell: (row) => row.lastVisit },
  ];
  const about = [name, filter.from === filter.to ? filter.from : `${filter.from} – ${filter.to}`, filter.department, filter.kind && t(`records.kind.${filter.kind}`)];
  return (
    <Page fill>
      <PageHeader
        title={t('analytics.listTitle')}
        description={[...new Set(about.filter(Boolean))].join(' · ')}
        actions={
          <>
            {may('data.export') && <ExportList />}
            <Button size="xs" variant="default" component={Link} to="/analytics">
              {t('analytics.back')}
            </Button>
          </>
        }
      />
      <VirtualTable
        label={t('analytics.listTitle')}
        columns={columns}
        page={(window) => callQuery('analytics.patients', { ...window, filter, ...part })}
        onOpen={({ id }) => void navigate(paths.patient(id))}
        empty={<EmptyState icon={IconUsers} title={t('analytics.noPatients')} />}
      />
    </Page>
  );
}

/** Writes the list, then hands it to the save dialogue. */
function ExportList() {
  const { t } = useTranslation();
  const behind = useAnalyticsView((view) => view.behind);
  const [ended, setEnded] = useState<Job>();
  const write = useCallMutation('analytics.exportPatients');
  const save = useMutation<Blob, AppException>({
    mutationFn: () => readExport(ended?.id ?? '', 'text/csv'),
    onSuccess: (file) => {
      download(file, `${t('analytics.listFileName')}.csv`);
      notifyDone(t('analytics.exported'), t);
      setEnded(undefined);
      write.reset();
    },
  });
  const failure = write.error ?? save.error;
  if (!behind) return null;
  const { filter, part } = behind;
  const isWritten = ended?.state === 'done';
  return (
    <>
      {failure && <ErrorNotice error={failure} />}
      {write.data && !isWritten && <JobProgress key={write.data.id} job={write.data} label={t('analytics.exporting')} cancellable onEnd={setEnded} />}
      {isWritten ? (
        <Button size="xs" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
          {t('analytics.saveList')}
        </Button>
      ) : (
        <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={write.isPending} onClick={() => write.mutate({ filter, ...part })}>
          {t('analytics.export')}
        </Button>
      )}
    </>
  );
}
