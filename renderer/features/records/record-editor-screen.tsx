import { Loader } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useDraftOnOpen } from '../drafts/draft-on-open.ts';
import { useChartPatient, useIdParam } from '../patients/chart-context.ts';
import { RecordEditor } from './record-editor.tsx';
import type { EditorMode } from './use-record-form.ts';

export const NewRecordScreen = () => <Opened record={undefined} />;

/** Edits an unsigned record, amends a signed one. */
export function ChangeRecordScreen() {
  const id = useIdParam('recordId');
  const { pathname } = useLocation();
  const { data: record, error, refetch } = useCall('records.get', { id, viewed: true });
  if (!record) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loader m="xl" />;
  // Edit and amend are one screen: going from the one to the other is a new opening.
  return <Opened key={pathname} record={record} />;
}

/** Looks for a draft before the form is drawn: what was typed before comes back. */
function Opened({ record }: { record: MedicalRecord | undefined }) {
  const patient = useChartPatient();
  const { draft, error, retry, forget } = useDraftOnOpen({ kind: 'medicalRecord', key: record?.id ?? 'new', patientId: patient.id });
  const [round, setRound] = useState(0);
  // The form's start: a newer save by somebody else must not replace it while it is typed in.
  const [opened, setOpened] = useState(record);
  function startOver() {
    forget();
    setOpened(record);
    setRound(round + 1);
  }
  if (draft === undefined) return error ? <ErrorNotice error={error} onRetry={retry} /> : <Loader m="xl" />;
  return (
    <RecordEditor
      key={`${patient.id} ${String(round)}`}
      mode={modeFor(opened)}
      patient={patient}
      record={opened}
      latest={record}
      draft={draft}
      onStartOver={startOver}
    />
  );
}

/** Decided by the record and not by the address: a draft of an edit may be opened after the record was signed. */
function modeFor(record: MedicalRecord | undefined): EditorMode {
  if (!record) return 'new';
  return record.status === 'draft' ? 'edit' : 'amend';
}
