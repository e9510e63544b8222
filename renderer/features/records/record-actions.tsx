import { Button, Group } from '@mantine/core';
import { IconHistory, IconPencil, IconPrinter, IconSignature, IconTrash, IconWritingSign } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { useMay } from '../../app/session.tsx';
import { paths } from '../patients/paths.ts';
import { recordCommands } from './record-commands.ts';
import { RemoveRecord } from './remove-record.tsx';
import { SignRecord } from './sign-record.tsx';

const iconSize = 14;

/** What may be done with a record, by its status and the reader's role. */
export function RecordActions({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asking, setAsking] = useState<'sign' | 'remove'>();
  const { patientId, id } = record;
  const unsigned = record.status === 'draft';
  useScreenCommands(recordCommands(record, () => setAsking('sign')));
  const close = () => setAsking(undefined);
  return (
    <Group gap={4}>
      {unsigned && may('record.write') && (
        <Button component={Link} to={paths.editRecord(patientId, id)} variant="default" size="xs" leftSection={<IconPencil size={iconSize} aria-hidden />}>
          {t('records.view.edit')}
        </Button>
      )}
      {unsigned && may('record.sign') && (
        <Button size="xs" leftSection={<IconSignature size={iconSize} aria-hidden />} onClick={() => setAsking('sign')}>
          {t('records.view.sign')}
        </Button>
      )}
      {!unsigned && may('record.sign') && (
        <Button component={Link} to={paths.amendRecord(patientId, id)} variant="default" size="xs" leftSection={<IconWritingSign size={iconSize} aria-hidden />}>
          {t('records.view.amend')}
        </Button>
      )}
      <Button component={Link} to={paths.recordHistory(patientId, id)} variant="default" size="xs" leftSection={<IconHistory size={iconSize} aria-hidden />}>
        {t('records.view.history')}
      </Button>
      <Button component={Link} to={paths.printRecord(patientId, id)} variant="default" size="xs" leftSection={<IconPrinter size={iconSize} aria-hidden />}>
        {t('records.view.print')}
      </Button>
      {record.kind === 'inpatient' && (
        <Button component={Link} to={paths.printDischarge(patientId, id)} variant="default" size="xs" leftSection={<IconPrinter size={iconSize} aria-hidden />}>
          {t('print.discharge')}
        </Button>
      )}
      {may('record.delete') && (
        <Button variant="default" size="xs" leftSection={<IconTrash size={iconSize} aria-hidden />} onClick={() => setAsking('remove')}>
          {t('records.view.remove')}
        </Button>
      )}
      <SignRecord record={record} opened={asking === 'sign'} onClose={close} />
      <RemoveRecord record={record} opened={asking === 'remove'} onClose={close} />
    </Group>
  );
}
