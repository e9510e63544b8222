import { Badge, Button, Stack, Table, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { timeText } from '../versions/time-text.ts';

/** Former batches, each of which can be taken back. */
export function FormerCleanings() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { data = [], error } = useCall('quality.cleanings', {});
  const undo = useCallMutation('quality.undo');
  if (error) return <ErrorNotice error={error} />;
  if (data.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('quality.former')}>
      <Title order={2} size="h5">
        {t('quality.former')}
      </Title>
      <Text size="xs" c="dimmed">
        {t('quality.undoHint')}
      </Text>
      {undo.error && <ErrorNotice error={undo.error} />}
      {undo.data && <JobProgress key={undo.data.id} job={undo.data} label={t('quality.undoing')} onEnd={() => void client.invalidateQueries()} />}
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label={t('quality.former')} verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('quality.column.when')}</Table.Th>
              <Table.Th>{t('quality.column.what')}</Table.Th>
              <Table.Th>{t('quality.column.by')}</Table.Th>
              <Table.Th ta="end">{t('quality.column.count')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ id, what, cleanedAt, cleanedByName, count, undone }) => (
              <Table.Tr key={id}>
                <Table.Td>{timeText(cleanedAt)}</Table.Td>
                <Table.Td>{t(`quality.what.${what}`)}</Table.Td>
                <Table.Td>{cleanedByName}</Table.Td>
                <Table.Td ta="end">{count.toLocaleString(i18n.language)}</Table.Td>
                <Table.Td ta="end">
                  {undone ? (
                    <Badge variant="light" color="gray" tt="none">
                      {t('quality.undone')}
                    </Badge>
                  ) : (
                    <Button size="compact-sm" variant="default" aria-label={t('quality.undoOne', { what: t(`quality.what.${what}`), when: timeText(cleanedAt) })} loading={undo.isPending} onClick={() => undo.mutate({ id })}>
                      {t('quality.undo')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
