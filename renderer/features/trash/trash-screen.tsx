import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrashRow } from '../../../shared/contract/records.ts';
import type { AppException } from '../../../shared/errors.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';

/** What was deleted, newest first; nothing in it is lost. */
export function TrashScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<TrashRow>();
  const columns = [
    { key: 'kind', header: t('trash.kind'), width: '7rem', cell: (row: TrashRow) => t(`trash.collection.${row.collection}`) },
    { key: 'title', header: t('trash.what'), width: 'minmax(12rem, 2fr)', cell: (row: TrashRow) => row.title },
    { key: 'patient', header: t('trash.patient'), width: 'minmax(8rem, 1fr)', cell: (row: TrashRow) => row.patientName },
    { key: 'deletedAt', header: t('trash.deletedAt'), width: '10rem', cell: (row: TrashRow) => timeText(row.deletedAt) },
    { key: 'deletedBy', header: t('trash.deletedBy'), width: 'minmax(7rem, 1fr)', cell: (row: TrashRow) => row.deletedByName },
  ];
  return (
    <Page fill>
      <PageHeader title={t('trash.title')} description={t('trash.intro')} />
      <VirtualTable
        label={t('trash.title')}
        columns={columns}
        page={(window) => callQuery('trash.list', window)}
        onOpen={setChosen}
        empty={<EmptyState icon={IconTrash} title={t('trash.empty')} />}
        placeKey="trash"
      />
      {chosen && <RestoreRow row={chosen} onClose={() => setChosen(undefined)} />}
    </Page>
  );
}

function RestoreRow({ row, onClose }: { row: TrashRow; onClose: () => void }) {
  const { t } = useTranslation();
  const patient = useCallMutation('patients.restore');
  const record = useCallMutation('records.restore');
  const document = useCallMutation('documentReferences.restore');
  const communication = useCallMutation('communications.restore');
  const resource = useCallMutation('resources.restore');
  function confirm() {
    const { collection, id, rev } = row;
    const then = { onSuccess: () => notifyDone(t('trash.restored'), t), onError: (error: AppException) => notifyError(error, t), onSettled: onClose };
    if (collection === 'patients') patient.mutate({ id, rev }, then);
    else if (collection === 'medicalRecords') record.mutate({ id, rev }, then);
    else if (collection === 'documentReferences') document.mutate({ id, rev }, then);
    else if (collection === 'communications') communication.mutate({ id, rev }, then);
    else resource.mutate({ collection, id, rev }, then);
  }
  return (
    <ConfirmDialog
      opened
      title={t('trash.restoreQuestion')}
      confirmLabel={t('common.restore')}
      busy={patient.isPending || record.isPending || document.isPending || communication.isPending || resource.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('trash.restoreWhat', { title: row.title, kind: t(`trash.collection.${row.collection}`) })}
    </ConfirmDialog>
  );
}
