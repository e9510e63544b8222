import type { CallParsed } from '../../shared/contract/index.ts';
import type { PatientHit, PossibleDuplicate } from '../../shared/contract/patients.ts';
import { possibleDuplicates as findDuplicates } from '../storage/duplicates.ts';
import { findPatientByNumber } from '../storage/patients.ts';
import { searchPatients as search } from '../storage/search.ts';
import type { Context } from './context.ts';

const hitsShown = 50;

/** Patients who match what was typed, best first, at most fifty; the deleted are left out. */
export function searchPatients({ store }: Context, { query }: CallParsed<'patients.search'>): PatientHit[] {
  return search(store.connection, query, hitsShown);
}

/** Exactly as it is printed, and a scanner types it. */
export function findByNumber({ store }: Context, { medicalRecordNumber }: CallParsed<'patients.findByNumber'>): { id: string } | null {
  const id = findPatientByNumber(store.connection, medicalRecordNumber.trim());
  return id === undefined ? null : { id };
}

/** Patients who may be the one in the form. */
export function possibleDuplicates({ store }: Context, { patient, exceptId }: CallParsed<'patients.possibleDuplicates'>): PossibleDuplicate[] {
  return findDuplicates(store.connection, patient, exceptId);
}
