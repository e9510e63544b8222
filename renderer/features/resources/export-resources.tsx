import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { useCallMutation } from '../../api/queries.ts';
import { today } from '../patients/calendar-day.ts';
import { SaveJob } from './save-job.tsx';

const types = { csv: 'text/csv', json: 'application/json' } as const;

/** Writes the inventory to a file that can be imported again. */
export function ExportResources({ collection }: { collection: ResourceCollection }) {
  const { t } = useTranslation();
  const start = useCallMutation('resources.export');
  const { format = 'csv', collection: written } = start.variables ?? {};
  const fileName = [t('cloud.fileName'), written, today()].filter(Boolean).join('-');
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
      <SaveJob job={start.data} error={start.error} fileName={`${fileName}.${format}`} type={types[format]} onClose={start.reset} />
    </>
  );
}
