import { expect, test } from 'vitest';
import { discardDraft, findDraft, listDrafts, saveDraft } from './drafts.ts';
import { createPatient } from './patients.ts';
import { auditTrail, errorOf, openClinic, patientInput } from './testing/clinic.ts';

test('one draft a form: saving again replaces it, and forms and people do not mix', async () => {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  const { id: patientId } = createPatient(nurse, { patient: patientInput });
  const first = saveDraft(nurse, { kind: 'medicalRecord', key: 'new', patientId, values: { diagnosis: 'c' } });
  const again = saveDraft(nurse, { kind: 'medicalRecord', key: 'new', patientId, values: { diagnosis: 'co' } });
  expect(again.id).toBe(first.id);
  saveDraft(nurse, { kind: 'medicalRecord', key: 'new', values: {} });
  saveDraft(nurse, { kind: 'patient', key: 'new', values: {} });
  saveDraft(clinic.context('doctor'), { kind: 'medicalRecord', key: 'new', patientId, values: { diagnosis: 'theirs' } });
  expect(listDrafts(nurse)).toHaveLength(3);
  expect(findDraft(nurse, { kind: 'medicalRecord', key: 'new', patientId })?.values).toEqual({ diagnosis: 'co' });
  expect(findDraft(nurse, { kind: 'medicalRecord', key: patientId })).toBeNull();
});

test('a draft can be discarded by its owner alone, and discarding twice is no error', async () => {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  const { id } = saveDraft(nurse, { kind: 'patient', key: 'new', values: { name: '王' } });
  discardDraft(clinic.context('doctor'), { id });
  expect(listDrafts(nurse)).toHaveLength(1);
  discardDraft(nurse, { id });
  discardDraft(nurse, { id });
  expect(listDrafts(nurse)).toEqual([]);
  expect(auditTrail(clinic).filter(({ action }) => action === 'draft.discarded')).toHaveLength(1);
});

test('a draft over two megabytes is refused by name', async () => {
  const clinic = await openClinic();
  const values = { notes: 'n'.repeat(2_000_000) };
  expect(await errorOf(() => saveDraft(clinic.context('nurse'), { kind: 'patient', key: 'new', values }))).toEqual({
    code: 'invalid-input',
    issues: [{ path: 'values', code: 'too-long', params: { limit: 2_000_000 } }],
  });
});

test('a draft waits for nobody: it is not sent on', async () => {
  const clinic = await openClinic();
  const waiting = () => clinic.workstation.store.connection.prepare('SELECT count(*) FROM outbox').pluck().get();
  const before = waiting();
  saveDraft(clinic.context('nurse'), { kind: 'patient', key: 'new', values: { name: '王' } });
  expect(waiting()).toBe(before);
});
