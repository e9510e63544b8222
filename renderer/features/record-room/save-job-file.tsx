import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppException } from '../../../shared/errors.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { notifyDone } from '../../components/notify.ts';
import { readExport } from '../exports/read-export.ts';
import { today } from '../patients/calendar-day.ts';

interface SaveJobFileProps {
  label: string;
  fileName: string;
  ending: 'csv' | 'json';
  /** Begins to write the file. */
  start: () => Promise<Job>;
}

/** Has a file written, and hands it to the save dialogue once it is. */
export function SaveJobFile({ label, fileName, ending, start }: SaveJobFileProps) {
  const { t } = useTranslation();
  const [job, setJob] = useState<Job>();
  const begin = useMutation<Job, AppException>({ mutationFn: start, onSuccess: setJob });
  const save = useMutation<Blob, AppException, string>({
    mutationFn: (jobId) => readExport(jobId, ending === 'csv' ? 'text/csv' : 'application/json'),
    onSuccess: (file) => {
      download(file, `${fileName}-${today()}.${ending}`);
      notifyDone(t('recordRoom.savedFile'), t);
      setJob(undefined);
    },
  });
  const end = ({ id, state }: Job) => {
    if (state === 'done') save.mutate(id);
  };
  return (
    <>
      {(begin.error ?? save.error) && <ErrorNotice error={begin.error ?? save.error} />}
      {job && <JobProgress key={job.id} job={job} label={t('recordRoom.writing')} cancellable onEnd={end} />}
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={begin.isPending || save.isPending} onClick={() => begin.mutate()}>
        {label}
      </Button>
    </>
  );
}
