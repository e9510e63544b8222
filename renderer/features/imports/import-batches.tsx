import { Badge, Button, Stack, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from '../../../shared/contract/exchange.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { UndoImport } from './undo-import.tsx';

/** Former imports, each of which can be taken back as a whole. */
export function ImportBatches() {
  const { t } = useTranslation();
  const batches = useCall('imports.batches', {});
  const [undoing, setUndoing] = useState<ImportBatch>();
  if (batches.error) return <ErrorNotice error={batches.error} onRetry={() => void batches.refetch()} />;
  if (!batches.data || batches.data.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('imports.former')}>
      <Title order={2} size="h5">
        {t('imports.former')}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label={t('imports.former')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.when')}</Table.Th>
              <Table.Th>{t('imports.file')}</Table.Th>
              <Table.Th>{t('imports.by')}</Table.Th>
              <Table.Th ta="end">{t('imports.broughtIn')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {batches.data.map((batch) => (
              <Table.Tr key={batch.id}>
                <Table.Td>{timeText(batch.importedAt)}</Table.Td>
                <Table.Td>{batch.fileName}</Table.Td>
                <Table.Td>{batch.importedByName}</Table.Td>
                <Table.Td ta="end">{t(`imports.of.${batch.kind}`, { count: batch.count })}</Table.Td>
                <Table.Td ta="end">
                  {batch.undone ? (
                    <Badge variant="light" color="gray" tt="none">
                      {t('imports.undone')}
                    </Badge>
                  ) : (
                    <Button size="compact-sm" variant="default" aria-label={t('imports.undoOne', { file: batch.fileName })} onClick={() => setUndoing(batch)}>
                      {t('imports.undo')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {undoing && <UndoImport batch={undoing} onClose={() => setUndoing(undefined)} />}
    </Stack>
  );
}
