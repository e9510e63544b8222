import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ExportList } from '../../../shared/contract/exchange.ts';
import type { AppException } from '../../../shared/errors.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { today } from '../patients/calendar-day.ts';
import { readExport } from './read-export.ts';

type What = 'patients' | 'records' | 'charts' | 'chart' | ExportList;

interface SaveExportProps {
  jobId: string;
  what: What;
  onSaved: () => void;
}

const endings: Partial<Record<What, string>> = { charts: 'ndjson', chart: 'json' };

/** Fetches a finished export and hands it to the browser's (or the shell's) save dialogue. */
export function SaveExport({ jobId, what, onSaved }: SaveExportProps) {
  const { t } = useTranslation();
  const save = useMutation<Blob, AppException>({
    mutationFn: () => readExport(jobId, endings[what] === undefined ? 'text/csv' : 'application/json'),
    onSuccess: (file) => {
      download(file, `${t(`exports.fileName.${what}`)}-${today()}.${endings[what] ?? 'csv'}`);
      notifyDone(t('exports.saved'), t);
      onSaved();
    },
  });
  return (
    <>
      {save.error && <ErrorNotice error={save.error} />}
      <Button leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
        {t('exports.save')}
      </Button>
    </>
  );
}
