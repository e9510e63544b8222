import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeSystems } from '../../../shared/schema/fhir-types.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';
import { TableForm } from './table-form.tsx';

/** The clinic's own table of diagnoses, loaded once for all workstations. */
export function CodeTables() {
  const { t } = useTranslation();
  const table = useCall('codes.tables', {}).data?.find(({ system }) => system === codeSystems.icd10);
  const load = useCallMutation('codes.load');
  return (
    <Stack gap="xs" maw="32rem">
      <Text size="sm">{table === undefined ? t('chart.tables.none') : t('chart.tables.loaded', { name: table.name, entries: table.entries, time: timeText(table.updatedAt) })}</Text>
      {load.error && <ErrorNotice error={load.error} />}
      <TableForm
        labels={{ name: t('chart.tables.name'), file: t('chart.tables.file'), load: t('chart.tables.load') }}
        isPending={load.isPending}
        onLoad={(read) => load.mutate({ system: codeSystems.icd10, ...read }, { onSuccess: () => notifyDone(t('chart.tables.done'), t) })}
      />
    </Stack>
  );
}
