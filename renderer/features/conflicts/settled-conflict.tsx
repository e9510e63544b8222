import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { ClashShown } from './clash-shown.tsx';
import { useUndo } from './use-settle.ts';

/** A settled conflict: by whom, both values as they were, and the way back. */
export function SettledConflict({ row }: { row: ConflictRow }) {
  const { t } = useTranslation();
  const undo = useUndo(row);
  const next = useCall('conflicts.list', { offset: 0, limit: 1, status: 'open' }).data?.rows[0];
  return (
    <Stack gap="lg">
      <Alert color="green" role="status" icon={<IconCircleCheck aria-hidden />} title={t('conflicts.settledBy', { name: row.settledByName ?? '', time: row.settledAt === undefined ? '' : timeText(row.settledAt) })}>
        <Text size="sm">{t('conflicts.settledExplain')}</Text>
        <Text size="sm">{t(row.canUndo ? 'conflicts.undoHint' : 'conflicts.cannotUndo')}</Text>
        <Group gap="xs" mt="xs">
          {row.canUndo && (
            <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
              {t('conflicts.undo')}
            </Button>
          )}
          {next && (
            <Button component={Link} to={`/conflicts/${next.id}`} size="xs" variant="default">
              {t('conflicts.next')}
            </Button>
          )}
        </Group>
      </Alert>
      {undo.error && undo.error.error.code !== 'stale-revision' && <ErrorNotice error={undo.error} />}
      {row.clashes.map((clash) => (
        <ClashShown key={clash.path} row={row} clash={clash} />
      ))}
    </Stack>
  );
}
