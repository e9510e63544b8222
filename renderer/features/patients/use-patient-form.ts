import type { Version } from '../../../shared/contract/patients.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import type { Patient, PatientContent, PatientInput } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useDocumentForm } from '../drafts/use-document-form.ts';
import { today } from './calendar-day.ts';
import { patientFormField, patientFormFields, patientToForm, readPatientForm, type PatientFormField, type PatientFormValues } from './patient-form-values.ts';

/** The patient form with its way of saving, which answers undefined when it was refused, with the reason on screen. */
export function usePatientForm(options: { patient: Patient | undefined; values: PatientFormValues; draft: Draft | null }) {
  const { patient, values, draft } = options;
  const document = useDocumentForm<PatientFormField, PatientInput>({
    fields: patientFormFields,
    values,
    target: { kind: 'patient', key: patient?.id ?? 'new', ...(patient && { baseRev: patient.rev }) },
    draft,
    read: (typed) => readPatientForm(typed, today()),
    fieldOfPath: patientFormField,
    versions: async () => (patient ? (await call('patients.history', { id: patient.id })).map(asSavedVersion) : []),
  });
  const save = () =>
    document.submit<Patient>((input, { rev, ...over }) =>
      patient ? call('patients.update', { id: patient.id, rev, patient: input, ...over }) : call('patients.create', { patient: input, ...over }),
    );
  return { document, save };
}

const asSavedVersion = ({ rev, savedAt, savedByName, content }: Version<PatientContent>) => ({
  rev,
  savedAt,
  savedByName,
  values: patientToForm(content, today()),
});
