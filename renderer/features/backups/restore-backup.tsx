import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { notifyDone } from '../../components/notify.ts';
import { BackupChoices } from './backup-choices.tsx';
import { SecretForm } from './secret-form.tsx';

/** Chooses a backup and opens it with a secret. Works without anybody signed in. `chosen` is a file name to begin with. */
export function RestoreBackup({ chosen, onBack }: { chosen?: string; onBack?: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const list = useCall('backups.list', {});
  const backups = list.data?.backups;
  const restore = useCallMutation('backups.restore');
  const [picked, setPicked] = useState(chosen);
  const fileName = picked ?? backups?.find((backup) => backup.verified)?.fileName;

  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data && backups?.length === 0) return <NoBackups folder={list.data.folder} onLookAgain={() => void list.refetch()} onBack={onBack} />;
  return (
    <Stack gap="md">
      <BackupChoices backups={backups ?? []} value={fileName} onChange={setPicked} />
      {restore.error && <ErrorNotice error={restore.error} />}
      {restore.data && (
        <JobProgress
          key={restore.data.id}
          job={restore.data}
          label={t('backups.restoring')}
          onEnd={(job) => {
            if (job.state === 'done') notifyDone(t('backups.restored'), t);
            void queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
          }}
        />
      )}
      <SecretForm
        busy={restore.isPending}
        disabled={fileName === undefined}
        onSubmit={(secret) => fileName !== undefined && restore.mutate({ fileName, secret })}
      >
        <BackButton onBack={onBack} />
      </SecretForm>
    </Stack>
  );
}

function NoBackups({ folder, onLookAgain, onBack }: { folder: string; onLookAgain: () => void; onBack: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('backups.none')}>
      <Text size="sm">{t('backups.noneHint', { folder })}</Text>
      <Group gap="xs" mt="xs">
        <BackButton onBack={onBack} />
        <Button onClick={onLookAgain}>{t('backups.lookAgain')}</Button>
      </Group>
    </EmptyState>
  );
}

function BackButton({ onBack }: { onBack: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (!onBack) return <span />;
  return (
    <Button variant="default" onClick={onBack}>
      {t('common.back')}
    </Button>
  );
}
