import { Loader } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { useDraftOnOpen } from '../drafts/draft-on-open.ts';
import { today } from './calendar-day.ts';
import { useChartPatient } from './chart-context.ts';
import { usePatientsView } from './patients-view.ts';
import { PatientForm } from './patient-form.tsx';
import { patientToForm, type PatientFormValues } from './patient-form-values.ts';
import { prefillFromQuery } from './prefill.ts';
import { WaitingDraft } from './waiting-draft.tsx';

/** Registers somebody who was searched for and not found. */
export function RegisterScreen() {
  const [{ query: searched }] = usePatientsView();
  const prefill = prefillFromQuery(searched);
  const { draft, error, retry, forget } = useDraftOnOpen({ kind: 'patient', key: 'new' });
  const askedToResume = (useLocation().state as { resume?: boolean } | null)?.resume === true;
  const [resumed, setResumed] = useState(askedToResume || !holdsText(prefill));
  const [round, setRound] = useState(0);
  const startOver = () => {
    forget();
    setRound(round + 1);
  };
  if (draft === undefined) return error ? <ErrorNotice error={error} onRetry={retry} /> : <Loader m="xl" />;
  return (
    <Page>
      {draft && !resumed ? (
        <WaitingDraft draft={draft} onResume={() => setResumed(true)} onDiscarded={startOver} />
      ) : (
        <PatientForm key={round} patient={undefined} latestRev={undefined} values={prefill} draft={draft} onStartOver={startOver} />
      )}
    </Page>
  );
}

const holdsText = (values: PatientFormValues) => Object.values(values).some((text) => text !== '');

/** Changes the data of the patient whose chart is open. */
export function EditPatientScreen() {
  const patient = useChartPatient();
  const { draft, error, retry, forget } = useDraftOnOpen({ kind: 'patient', key: patient.id });
  // The form's start: a newer save by somebody else must not replace it while it is typed in.
  const [opened, setOpened] = useState<Patient>(patient);
  const [round, setRound] = useState(0);
  const startOver = () => {
    forget();
    setOpened(patient);
    setRound(round + 1);
  };
  if (draft === undefined) return error ? <ErrorNotice error={error} onRetry={retry} /> : <Loader m="xl" />;
  return (
    <PatientForm
      key={round}
      patient={opened}
      latestRev={patient.rev}
      values={patientToForm(opened, today())}
      draft={draft}
      onStartOver={startOver}
    />
  );
}
