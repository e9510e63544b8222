import { useTranslation } from 'react-i18next';
import type { Version } from '../../../shared/contract/patients.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import type { MedicalRecord, MedicalRecordContent } from '../../../shared/schema/medical-record.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useSessionUser } from '../../app/session.tsx';
import { notifyError } from '../../components/notify.ts';
import { useDocumentForm } from '../drafts/use-document-form.ts';
import { today } from '../patients/calendar-day.ts';
import {
  newRecordForm, readAmendmentForm, readRecordForm, recordFormField, recordFormFields, recordToForm, type RecordFormField,
  type RecordWriting,
} from './record-form-values.ts';

export type EditorMode = 'new' | 'edit' | 'amend';

/** The editor's form with its ways of saving; each answers undefined when it was refused, with the reason on screen. */
export function useRecordForm(options: { mode: EditorMode; patient: Patient; record: MedicalRecord | undefined; draft: Draft | null }) {
  const { mode, patient, record, draft } = options;
  const { t } = useTranslation();
  const { department } = useSessionUser();
  const document = useDocumentForm<RecordFormField, RecordWriting>({
    fields: recordFormFields,
    values: record ? recordToForm(record) : newRecordForm(today(), department),
    target: { kind: 'medicalRecord', key: record?.id ?? 'new', patientId: patient.id, ...(record && { baseRev: record.rev }) },
    draft,
    read: mode === 'amend' ? readAmendmentForm : readRecordForm,
    fieldOfPath: recordFormField,
    versions: async () => (record ? (await call('records.history', { id: record.id })).map(asSavedVersion) : []),
  });

  const save = () =>
    document.submit<MedicalRecord>(({ record: input, reason = '' }, { rev, ...over }) => {
      if (!record) return call('records.create', { patientId: patient.id, record: input, ...over });
      if (mode === 'edit') return call('records.update', { id: record.id, rev, record: input, ...over });
      return call('records.amend', { id: record.id, rev, record: input, reason, ...over });
    });

  /** Saves, then signs what was saved. A signature that fails leaves a saved record and says so. */
  async function saveAndSign(): Promise<{ saved: MedicalRecord | undefined; signed: boolean }> {
    const saved = await save();
    if (!saved) return { saved, signed: false };
    try {
      return { saved: await call('records.sign', { id: saved.id, rev: saved.rev }), signed: true };
    } catch (thrown) {
      notifyError(thrown, t);
      return { saved, signed: false };
    }
  }
  return { document, save, saveAndSign };
}

const asSavedVersion = ({ rev, savedAt, savedByName, content }: Version<MedicalRecordContent>) => ({
  rev,
  savedAt,
  savedByName,
  values: recordToForm(content),
});
