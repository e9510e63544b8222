import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifySaved } from '../habits/notify-saved.tsx';
import { bytesText } from '../backups/bytes-text.ts';
import { newest, TabScreen, whole } from '../chart/tab-screen.tsx';
import { HistoryLink } from '../versions/history-link.tsx';
import classes from '../chart/tables.module.css';
import { useChartPatient } from '../patients/chart-context.ts';
import { AddDocument } from './add-document.tsx';
import { DescribeDocument } from './describe-document.tsx';
import { OpenDocument } from './open-document.tsx';
import { placeText } from './place-text.ts';

/** Documents and pictures of a patient, latest day first. */
export function DocumentsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const { data, error } = useCall('documentReferences.list', { patientId: patient.id, ...whole });
  const [chosen, setChosen] = useState<{ row: DocumentReferenceRow; to: 'open' | 'edit' | 'remove' }>();
  const close = () => setChosen(undefined);
  return (
    <TabScreen patient={patient} title={t('documents.title')} freshAt={newest(data?.rows)} error={error}>
      {may('record.write') && !patient.deleted && <AddDocument patientId={patient.id} />}
      {data?.rows.length === 0 ? <Text>{t('documents.none')}</Text> : <Rows rows={data?.rows ?? []} patientId={patient.id} onChoose={(row, to) => setChosen({ row, to })} />}
      {chosen?.to === 'open' && <OpenDocument id={chosen.row.id} onClose={close} />}
      {chosen?.to === 'edit' && <DescribeDocument document={chosen.row} onClose={close} />}
      {chosen?.to === 'remove' && <RemoveDocument document={chosen.row} onClose={close} />}
    </TabScreen>
  );
}

const columns = ['title', 'type', 'date', 'author', 'size', 'place', 'actions'] as const;

interface RowsProps {
  rows: readonly DocumentReferenceRow[];
  patientId: string;
  onChoose(row: DocumentReferenceRow, to: 'open' | 'edit' | 'remove'): void;
}

function Rows({ rows, patientId, onChoose }: RowsProps) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Table className={classes.table ?? ''} aria-label={t('documents.title')} mt="sm">
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column}>{t(`documents.column.${column}`)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td fw={600}>{row.title}</Table.Td>
            <Table.Td>{t(`documents.type.${row.type}`)}</Table.Td>
            <Table.Td>{row.date}</Table.Td>
            <Table.Td>{row.authorName}</Table.Td>
            <Table.Td>{bytesText(row.attachment.size)}</Table.Td>
            <Table.Td>{placeText(row, t)}</Table.Td>
            <Table.Td>
              <Group gap={4} wrap="nowrap">
                <Button size="compact-xs" variant="light" aria-label={t('documents.openOf', { title: row.title })} onClick={() => onChoose(row, 'open')}>
                  {t('documents.open')}
                </Button>
                {may('record.write') && (
                  <Button size="compact-xs" variant="subtle" aria-label={t('documents.editOf', { title: row.title })} onClick={() => onChoose(row, 'edit')}>
                    {t('documents.edit')}
                  </Button>
                )}
                <HistoryLink patientId={patientId} collection="documentReferences" id={row.id} name={row.title} />
                {may('record.delete') && (
                  <Button size="compact-xs" variant="subtle" color="red" aria-label={t('documents.removeOf', { title: row.title })} onClick={() => onChoose(row, 'remove')}>
                    {t('documents.remove')}
                  </Button>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RemoveDocument({ document, onClose }: { document: DocumentReferenceRow; onClose(): void }) {
  const { t } = useTranslation();
  const removal = useCallMutation('documentReferences.delete');
  function remove() {
    removal.mutate(
      { id: document.id, rev: document.rev },
      {
        onSuccess: () => {
          void notifySaved(t('documents.removed'), t);
          onClose();
        },
      },
    );
  }
  return (
    <ConfirmDialog
      opened title={t('documents.removeTitle')} confirmLabel={t('documents.remove')} color="red"
      busy={removal.isPending} error={removal.error} onConfirm={remove} onClose={onClose}
    >
      {t('documents.removeExplain')}
    </ConfirmDialog>
  );
}
