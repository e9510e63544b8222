import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { today } from '../patients/calendar-day.ts';
import { SaveJob } from '../resources/save-job.tsx';
import type { AskedPlan } from './asked.ts';

const formats = ['virsh', 'libvirt-xml', 'json'] as const;
const files = { virsh: { ending: 'sh', type: 'text/plain' }, 'libvirt-xml': { ending: 'xml', type: 'application/xml' }, json: { ending: 'json', type: 'application/json' } } as const;

/** Writes a plan to a file: for a person's own virsh, for another program, or for the record. */
export function ExportPlan({ plan }: { plan: AskedPlan }) {
  const { t } = useTranslation();
  const start = useCallMutation('placements.export');
  const file = files[start.variables?.format ?? 'json'];
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconTableExport size={14} aria-hidden />}>
            {t('cloud.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => start.mutate({ ...plan, format })}>
              {t(`placements.format.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <SaveJob job={start.data} error={start.error} fileName={`${t('placements.fileName')}-${today()}.${file.ending}`} type={file.type} onClose={start.reset} />
    </>
  );
}
