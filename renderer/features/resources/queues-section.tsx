import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueStatus } from '../../../shared/sync/resource-protocol.ts';
import type { QueueMove } from '../../../shared/sync/move.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { durationText } from '../placements/duration-text.ts';
import { QueueJobsDialog } from './queue-jobs-dialog.tsx';

interface QueuesSectionProps {
  provider: string;
  queues: readonly QueueStatus[];
  onChanged: () => void;
}

/** The queues of jobs that a provider shows, as last read, and the ways to change them. */
export function QueuesSection({ provider, queues, onChanged }: QueuesSectionProps) {
  const { t } = useTranslation();
  const title = t('providers.queues.title');
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Table.ScrollContainer minWidth={720}>
        <Table aria-label={title} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('providers.queues.name')}</Table.Th>
              <Table.Th>{t('cloud.column.state')}</Table.Th>
              {figures.map((figure) => (
                <Table.Th key={figure} ta="right">
                  {t(`providers.queues.${figure}`)}
                </Table.Th>
              ))}
              <Table.Th ta="right">{t('providers.queues.meanSeconds')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {queues.map((queue) => (
              <QueueRow key={queue.name} provider={provider} queue={queue} onChanged={onChanged} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

const figures = ['waiting', 'active', 'failed', 'workers'] as const;

function QueueRow({ provider, queue, onChanged }: Omit<QueuesSectionProps, 'queues'> & { queue: QueueStatus }) {
  const { t, i18n } = useTranslation();
  const { name, isPaused, failed, meanSeconds } = queue;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        <Badge variant="light" tt="none" color={isPaused ? 'yellow' : 'green'}>
          {t(`providers.queues.isPaused.${isPaused}`)}
        </Badge>
      </Table.Td>
      {figures.map((figure) => (
        <Table.Td key={figure} ta="right" {...(figure === 'failed' && failed > 0 && { c: 'red' })}>
          {queue[figure].toLocaleString(i18n.language)}
        </Table.Td>
      ))}
      <Table.Td ta="right">{meanSeconds !== null && durationText(meanSeconds, i18n.language)}</Table.Td>
      <Table.Td>
        <QueueActions provider={provider} queue={queue} onChanged={onChanged} />
      </Table.Td>
    </Table.Tr>
  );
}

function QueueActions({ provider, queue: { name, isPaused, failed }, onChanged }: Omit<QueuesSectionProps, 'queues'> & { queue: QueueStatus }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState(false);
  const [listing, setListing] = useState(false);
  const change = useCallMutation('providers.changeQueue');
  const begin = (kind: QueueMove['kind']) => change.mutate({ provider, queue: name, kind }, { onSuccess: () => setRemoving(false), onSettled: onChanged });
  const kinds: QueueMove['kind'][] = [isPaused ? 'resume-queue' : 'pause-queue', ...(failed > 0 ? (['retry-failed', 'remove-failed'] as const) : [])];
  const [step] = change.data?.steps ?? [];
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs" justify="flex-end" wrap="nowrap" role="group" aria-label={t('providers.queues.change', { name })}>
        <Button size="compact-sm" variant="default" aria-label={t('providers.queues.jobs.open', { name })} onClick={() => setListing(true)}>
          {t('providers.queues.jobs.openShort')}
        </Button>
        {kinds.map((kind) => (
          <Button key={kind} size="compact-sm" variant="default" loading={change.isPending && change.variables.kind === kind} onClick={() => (kind === 'remove-failed' ? setRemoving(true) : begin(kind))}>
            {t(`providers.queues.kind.${kind}`)}
          </Button>
        ))}
      </Group>
      {change.error && !removing && <ErrorNotice error={change.error} />}
      {step && (
        <Text size="sm" role="status" {...(step.error !== null && { c: 'red' })}>
          {step.error === null ? t('providers.queues.done', { kind: t(`providers.queues.kind.${(step.move as QueueMove).kind}`) }) : t(`providers.failure.${step.error}`)}
        </Text>
      )}
      <QueueJobsDialog provider={provider} queue={name} opened={listing} onChanged={onChanged} onClose={() => setListing(false)} />
      <ConfirmDialog opened={removing} title={t('providers.queues.removeTitle', { name })} confirmLabel={t('providers.queues.kind.remove-failed')} color="red" busy={change.isPending} error={change.error} onConfirm={() => begin('remove-failed')} onClose={() => setRemoving(false)}>
        {t('providers.queues.removeText', { count: failed })}
      </ConfirmDialog>
    </Stack>
  );
}
