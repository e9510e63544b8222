import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppException } from '../../../shared/errors.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { notifyDone } from '../../components/notify.ts';
import { readExport, type ExportType } from '../exports/read-export.ts';

interface SaveJobProps {
  /** The export that was started, or why it was not; neither: closed. */
  job: Job | undefined;
  error: AppException | null;
  fileName: string;
  type: ExportType;
  onClose: () => void;
}

/** A file as it is written, then handed to the save dialogue. */
export function SaveJob({ job, error, fileName, type, onClose }: SaveJobProps) {
  const { t } = useTranslation();
  const save = useMutation<Blob, AppException, Job>({
    mutationFn: ({ id }) => readExport(id, type),
    onSuccess: (file) => {
      download(file, fileName);
      notifyDone(t('cloud.exported'), t);
      onClose();
    },
  });
  const failure = error ?? save.error;
  return (
    <Modal opened={job !== undefined || error !== null} onClose={onClose} title={t('cloud.export')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {failure && <ErrorNotice error={failure} />}
      {job && <JobProgress key={job.id} job={job} label={t('cloud.exporting')} onEnd={(ended) => ended.state === 'done' && save.mutate(ended)} />}
    </Modal>
  );
}
