import { Button, Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { today } from '../patients/calendar-day.ts';
import { SaveJob } from '../resources/save-job.tsx';
import type { AskedPlan } from './asked.ts';

const formats = ['virsh', 'libvirt-xml', 'json'] as const;
/** Those that make the moves; JSON is a record of them. */
const tools = ['virsh', 'libvirt-xml'] as const;
const files = { virsh: { ending: 'sh', type: 'text/plain' }, 'libvirt-xml': { ending: 'xml', type: 'application/xml' }, json: { ending: 'json', type: 'application/json' } } as const;

/** Starting a file of a plan, and the dialogue that saves it. */
function useExport(plan: AskedPlan, part: 'whole' | 'without-provider') {
  const { t } = useTranslation();
  const start = useCallMutation('placements.export');
  const file = files[start.variables?.format ?? 'json'];
  const dialog = <SaveJob job={start.data} error={start.error} fileName={`${t('placements.fileName')}-${today()}.${file.ending}`} type={file.type} onClose={start.reset} />;
  return { dialog, begin: (format: (typeof formats)[number]) => start.mutate({ ...plan, format, part }) };
}

/** Writes a plan to a file: for a person's own virsh, for another program, or for the record. */
export function ExportPlan({ plan }: { plan: AskedPlan }) {
  const { t } = useTranslation();
  const { dialog, begin } = useExport(plan, 'whole');
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
            <Menu.Item key={format} onClick={() => begin(format)}>
              {t(`placements.format.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {dialog}
    </>
  );
}

/** The same of what the server cannot move, for those who move it by hand. */
export function ExportByHand({ plan }: { plan: AskedPlan }) {
  const { t } = useTranslation();
  const { dialog, begin } = useExport(plan, 'without-provider');
  return (
    <>
      {tools.map((format) => (
        <Button key={format} size="compact-sm" variant="default" leftSection={<IconTableExport size={14} aria-hidden />} onClick={() => begin(format)}>
          {t('placements.theseAs', { format: t(`placements.format.${format}`) })}
        </Button>
      ))}
      {dialog}
    </>
  );
}
