import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { documentText } from '../../../shared/conflicts/change-words.ts';
import type { QuarantinedChangeSet } from '../../../shared/contract/sync.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { download } from '../../components/download.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { ChangeSetFacts } from '../sync/change-set-facts.tsx';
import { repairPath } from '../sync/document-paths.ts';

/** A refused change: why, what is safe, and every way on. */
export function QuarantinedDialog({ row, onClose }: { row: QuarantinedChangeSet; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const queryClient = useQueryClient();
  const [discarding, setDiscarding] = useState(false);
  const retry = useCallMutation('quarantine.retry');
  const save = useCallMutation('quarantine.export');
  const discard = useCallMutation('quarantine.discard');
  const { id } = row;
  const done = (message: string) => () => {
    notifyDone(message, t);
    onClose();
    return queryClient.invalidateQueries({ queryKey: ['quarantine'] });
  };
  const repairs = row.documents.flatMap((document) => {
    const path = repairPath(document);
    return path === undefined ? [] : [{ path, title: documentText(document, t) }];
  });
  const error = retry.error ?? save.error;
  if (discarding) {
    return (
      <ConfirmDialog
        opened
        title={t('quarantine.discardTitle')}
        confirmLabel={t('quarantine.discardConfirm')}
        cancelLabel={t('quarantine.discardCancel')}
        color="red"
        busy={discard.isPending}
        error={discard.error}
        onConfirm={() => discard.mutate({ id }, { onSuccess: done(t('quarantine.discarded')) })}
        onClose={() => setDiscarding(false)}
      >
        {t('quarantine.discardExplain')}
      </ConfirmDialog>
    );
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t('quarantine.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Alert color="yellow" title={t(`quarantine.refusal.${row.refusal}`)}>
          <Text size="sm">{t('quarantine.safe')}</Text>
          <Text size="sm">{t(`quarantine.todo.${row.refusal}`)}</Text>
        </Alert>
        {error && <ErrorNotice error={error} />}
        <ChangeSetFacts row={row} />
        {repairs.length > 0 && (
          <Stack gap="xs" align="flex-start">
            {repairs.map(({ path, title }) => (
              <Button key={path} component={Link} to={path} variant="light" size="xs" leftSection={<IconPencil size={14} aria-hidden />}>
                {t('quarantine.repairOf', { title })}
              </Button>
            ))}
          </Stack>
        )}
        <Group justify="space-between" align="flex-end">
          <Button variant="subtle" color="red" onClick={() => setDiscarding(true)}>
            {t('quarantine.discard')}
          </Button>
          <Group gap="xs">
            <Button
              variant="default"
              loading={save.isPending}
              onClick={() =>
                save.mutate(
                  { id },
                  {
                    onSuccess: ({ fileName, text }) => {
                      download(new Blob([text], { type: 'application/json;charset=utf-8' }), fileName);
                      notifyDone(t('quarantine.exported'), t);
                    },
                  },
                )
              }
            >
              {t('quarantine.export')}
            </Button>
            <Button loading={retry.isPending} onClick={() => retry.mutate({ id }, { onSuccess: done(t('quarantine.retried')) })}>
              {t('quarantine.retry')}
            </Button>
          </Group>
        </Group>
        <Text size="xs" c="dimmed">
          {t('quarantine.exportHint')}
        </Text>
      </Stack>
    </Modal>
  );
}
