import { Anchor, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { conflictTitle } from '../../../shared/conflicts/conflict-words.ts';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { focusPageTitle } from '../../components/page-title.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { paths } from '../patients/paths.ts';
import { OpenConflict } from './open-conflict.tsx';
import { SealedConflict } from './sealed-conflict.tsx';
import { SettledConflict } from './settled-conflict.tsx';
import { SideHeads } from './side-heads.tsx';
import { documentPath } from '../sync/document-paths.ts';

/** One conflict: both values side by side, who, when and where, and the ways to settle it. */
export function ConflictScreen() {
  const id = useParams()['conflictId'] ?? '';
  const { data: row, error, refetch } = useCall('conflicts.get', { id });
  return (
    <Page>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {row && <Opened key={row.id} row={row} />}
    </Page>
  );
}

function Opened({ row }: { row: ConflictRow }) {
  const { t } = useTranslation();
  useFocusAfterChange(row.status);
  return (
    <>
      <PageHeader title={conflictTitle(row, t)} description={row.collection === 'patients' ? undefined : row.patientName} actions={<Ways row={row} />} />
      <SideHeads sides={row.sides} />
      <ByStatus row={row} />
    </>
  );
}

function ByStatus({ row }: { row: ConflictRow }) {
  if (row.status === 'settled') return <SettledConflict row={row} />;
  // What was chosen was chosen among these values: others are chosen for anew.
  const key = JSON.stringify([row.rev, row.present]);
  return row.sealed !== null ? <SealedConflict key={key} row={row} /> : <OpenConflict key={key} row={row} />;
}

function Ways({ row: { collection, documentId, patientId, documentRev } }: { row: ConflictRow }) {
  const { t } = useTranslation();
  const document = documentPath({ collection, id: documentId, ...(patientId !== undefined && { patientId }) });
  if (documentRev === undefined) return null;
  return (
    <Group gap="md">
      {collection === 'medicalRecords' && document !== undefined && (
        <Anchor component={Link} to={document} size="sm" underline="always">
          {t('conflicts.openRecord')}
        </Anchor>
      )}
      {patientId !== undefined && (
        <Anchor component={Link} to={paths.patient(patientId)} size="sm" underline="always">
          {t('conflicts.openChart')}
        </Anchor>
      )}
    </Group>
  );
}

/** The button that settled or undid is gone with what it was about: the focus goes back to the head of the screen. */
function useFocusAfterChange(status: ConflictRow['status']) {
  const known = useRef(status);
  useEffect(() => {
    if (known.current === status) return;
    known.current = status;
    focusPageTitle();
  }, [status]);
}
