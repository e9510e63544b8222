import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from '../../../shared/contract/exchange.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';

/** Takes an import back; asks once more when some of what it brought was changed since, because that stays. */
export function UndoImport({ batch, onClose }: { batch: ImportBatch; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const undo = useCallMutation('imports.undo');
  const [ended, setEnded] = useState<Job>();
  const changed = undo.error?.error.code === 'import-changed-since' || ended?.error?.code === 'import-changed-since';
  const busy = undo.isPending || (undo.data !== undefined && ended === undefined);
  function start() {
    setEnded(undefined);
    undo.mutate({ batchId: batch.id, evenIfChanged: changed });
  }
  return (
    <Modal opened onClose={onClose} title={t('imports.undoTitle')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Text size="sm">{t(`imports.undoWarning.${batch.kind}`, { count: batch.count })}</Text>
        {undo.error && <ErrorNotice error={undo.error} />}
        {undo.data && <JobProgress key={undo.data.id} job={undo.data} label={t('imports.undoing')} onEnd={setEnded} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common.close')}
          </Button>
          {ended?.state !== 'done' && (
            <Button color="red" loading={busy} onClick={start}>
              {t(changed ? 'imports.undoUnchanged' : 'imports.undo')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
