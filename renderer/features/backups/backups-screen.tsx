import { Button, Stack, Table, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useState, type ReactNode } from 'react';
import type { Backup } from '../../../shared/contract/backups.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppException } from '../../../shared/errors.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { timeText } from '../versions/time-text.ts';
import { VerifiedBadge } from './backup-choices.tsx';
import { bytesText } from './bytes-text.ts';
import { RenewRecoveryKey } from './renew-recovery-key.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

/** Backups: make one, see what there is, restore, check the database, renew the recovery key. */
export function BackupsScreen() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const backups = useCall('backups.list', {});
  const create = useCallMutation('backups.create');
  const check = useCallMutation('backups.checkIntegrity');
  const [restoring, setRestoring] = useState<string>();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: callQuery('backups.list', {}).queryKey });
  return (
    <Page>
      <PageHeader
        title={t('backups.title')}
        description={t('backups.intro')}
        actions={
          <Button loading={create.isPending} onClick={() => create.mutate({})}>
            {t('backups.create')}
          </Button>
        }
      />
      <Task error={create.error} job={create.data} label={t('backups.creating')} onEnd={refresh} />
      {backups.error && <ErrorNotice error={backups.error} onRetry={() => void backups.refetch()} />}
      {backups.data && <BackupTable backups={backups.data.backups} onRestore={setRestoring} />}
      <Section title={t('backups.integrity')} hint={t('backups.integrityHint')}>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate({})}>
          {t('backups.check')}
        </Button>
        <Task error={check.error} job={check.data} label={t('backups.checking')} doneText={t('backups.checked')} />
      </Section>
      <Section title={t('backups.recoveryKey')} hint={t('backups.renewHint')}>
        <RenewRecoveryKey />
      </Section>
      <RestoreDialog fileName={restoring} onClose={() => setRestoring(undefined)} />
    </Page>
  );
}

interface TaskProps {
  error: AppException | null;
  job: Job | undefined;
  label: string;
  doneText?: string;
  onEnd?: () => void;
}

/** A task that a button started: why it was refused, or how far it is. */
function Task({ error, job, ...progress }: TaskProps) {
  if (error) return <ErrorNotice error={error} />;
  return job ? <JobProgress key={job.id} job={job} cancellable {...progress} /> : null;
}

function Section({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <Stack gap="xs" component="section" align="flex-start">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      {children}
    </Stack>
  );
}

function BackupTable({ backups, onRestore }: { backups: Backup[]; onRestore: (fileName: string) => void }) {
  const { t, i18n } = useTranslation();
  if (backups.length === 0) return <EmptyState title={t('backups.noneYet')} />;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t('backups.title')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('backups.made')}</Table.Th>
            <Table.Th ta="end">{t('backups.patients')}</Table.Th>
            <Table.Th ta="end">{t('backups.records')}</Table.Th>
            <Table.Th ta="end">{t('backups.size')}</Table.Th>
            <Table.Th>{t('backups.state')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.map((backup) => (
            <Table.Tr key={backup.fileName}>
              <Table.Td title={backup.fileName}>{timeText(backup.createdAt)}</Table.Td>
              <Table.Td ta="end">{backup.patients.toLocaleString(i18n.language)}</Table.Td>
              <Table.Td ta="end">{backup.records.toLocaleString(i18n.language)}</Table.Td>
              <Table.Td ta="end">{bytesText(backup.bytes)}</Table.Td>
              <Table.Td>
                <VerifiedBadge verified={backup.verified} />
              </Table.Td>
              <Table.Td ta="end">
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('backups.restoreOne', { when: timeText(backup.createdAt) })}
                  onClick={() => onRestore(backup.fileName)}
                >
                  {t('common.restore')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
