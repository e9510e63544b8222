import { FileInput, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeSystems } from '../../../shared/schema/fhir-types.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';

/** The clinic's own table of diagnoses, loaded once for all workstations. */
export function CodeTables() {
  const { t } = useTranslation();
  const { data = [] } = useCall('codes.tables', {});
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const load = useCallMutation('codes.load');
  async function submit() {
    if (!file || name.trim() === '') return;
    const text = decoded(await file.arrayBuffer());
    load.mutate({ system: codeSystems.icd10, name, text }, { onSuccess: () => notifyDone(t('chart.tables.done'), t) });
  }
  return (
    <Stack gap="xs" maw="32rem">
      {data.length === 0 && <Text size="sm">{t('chart.tables.none')}</Text>}
      {data.map((table) => (
        <Text key={table.system} size="sm">
          {t('chart.tables.loaded', { name: table.name, entries: table.entries, time: timeText(table.updatedAt) })}
        </Text>
      ))}
      {load.error && <ErrorNotice error={load.error} />}
      <TextInput label={t('chart.tables.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <FileInput label={t('chart.tables.file')} accept=".csv,text/csv" value={file} onChange={setFile} />
      <Button w="fit-content" disabled={!file || name.trim() === ''} loading={load.isPending} onClick={() => void submit()}>
        {t('chart.tables.load')}
      </Button>
    </Stack>
  );
}

/** Chinese tables often come as GB 18030, which is never valid UTF-8. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
