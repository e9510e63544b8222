import { Button, Menu, Modal } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppException } from '../../../shared/errors.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { useCallMutation } from '../../api/queries.ts';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { notifyDone } from '../../components/notify.ts';
import { readExport } from '../exports/read-export.ts';
import { today } from '../patients/calendar-day.ts';

type Format = 'csv' | 'json';
const types = { csv: 'text/csv', json: 'application/json' } as const;

/** Writes the inventory to a file that can be imported again. */
export function ExportResources({ collection }: { collection: ResourceCollection }) {
  const { t } = useTranslation();
  const start = useCallMutation('resources.export');
  const save = useMutation<Blob, AppException, { job: Job; format: Format }>({
    mutationFn: ({ job, format }) => readExport(job.id, types[format]),
    onSuccess: (file, { format }) => {
      download(file, `${t('cloud.fileName')}${format === 'csv' ? `-${collection}` : ''}-${today()}.${format}`);
      notifyDone(t('cloud.exported'), t);
      start.reset();
    },
  });
  const format = start.variables?.format ?? 'csv';
  const close = () => {
    start.reset();
    save.reset();
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconTableExport size={16} aria-hidden />}>
            {t('cloud.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => start.mutate({ format: 'csv', collection })}>{t('cloud.exportCsv')}</Menu.Item>
          <Menu.Item onClick={() => start.mutate({ format: 'json' })}>{t('cloud.exportJson')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={start.data !== undefined || start.error !== null} onClose={close} title={t('cloud.export')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        {start.error && <ErrorNotice error={start.error} />}
        {save.error && <ErrorNotice error={save.error} />}
        {start.data && <JobProgress key={start.data.id} job={start.data} label={t('cloud.exporting')} onEnd={(job) => job.state === 'done' && save.mutate({ job, format })} />}
      </Modal>
    </>
  );
}
