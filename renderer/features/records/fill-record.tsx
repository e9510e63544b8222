import { Button, Group, Text } from '@mantine/core';
import { IconCopy, IconTextPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { templateSections } from '../../../shared/schema/text-template.ts';
import { useCall } from '../../api/queries.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { added, useInsertTarget, type Sections } from '../habits/insert-target.ts';
import type { RecordFormState } from './record-fields.tsx';

interface FillRecordProps {
  form: RecordFormState;
  patientId: string;
  /** The one that is changed: it is not its own last record. */
  record: MedicalRecord | undefined;
}

/** Ways to begin a record with text that stands elsewhere. What was typed stays; what is filled in is read before it is saved. */
export function FillRecord({ form, patientId, record }: FillRecordProps) {
  const { t } = useTranslation();
  const { data } = useCall('records.listForPatient', { patientId, offset: 0, limit: 2 });
  const last = data?.rows.find(({ id }) => id !== record?.id);
  const [from, setFrom] = useState<string>();
  const fill = (sections: Sections) => {
    for (const section of templateSections) form.setFieldValue(section, (before) => added(before, sections[section]));
  };
  useFillTarget(fill);
  function copyForward() {
    if (!last) return;
    fill(last);
    setFrom(last.admissionDate);
  }
  useScreenCommands(last ? [{ id: 'record.copy', label: 'habits.fillFrom', icon: IconCopy, permission: 'record.write', run: copyForward }] : []);
  return (
    <Group gap="xs" mb="xs">
      {last && (
        <Button variant="default" size="compact-sm" leftSection={<IconCopy size={14} aria-hidden />} onClick={copyForward}>
          {t('habits.fillFrom')}
        </Button>
      )}
      <Button variant="default" size="compact-sm" leftSection={<IconTextPlus size={14} aria-hidden />} onClick={() => useInsertTarget.setState({ pickerOpen: true })}>
        {t('habits.fillTemplate')}
      </Button>
      {from !== undefined && (
        <Text size="sm" role="status">
          {t('habits.fillFromOf', { date: from })}
        </Text>
      )}
    </Group>
  );
}

/** While the form is open, a record template picked with Alt+T goes into it. */
function useFillTarget(fill: (sections: Sections) => void) {
  const latest = useRef(fill);
  useEffect(() => {
    latest.current = fill;
  });
  useEffect(() => {
    useInsertTarget.setState({ fill: (sections) => latest.current(sections) });
    return () => useInsertTarget.setState({ fill: undefined, field: undefined });
  }, []);
}
