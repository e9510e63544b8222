import { z } from 'zod';
import { genders, patientInputSchema, type Patient, type PatientContent } from '../schema/patient.ts';
import { calendarDaySchema, idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/** A row of the patient list: the original design's columns, and when the chart last changed. */
export type PatientRow = Pick<
  Patient,
  'id' | 'rev' | 'name' | 'gender' | 'birthday' | 'estimatedBirthYear' | 'address' | 'phone' | 'medicalRecordNumber' | 'updatedAt'
>;

export const patientSorts = ['name', 'medicalRecordNumber', 'birthday', 'updatedAt'] as const;

export const patientListFilterSchema = z.strictObject({
  gender: z.enum(genders).optional(),
  bornFrom: calendarDaySchema.optional(),
  bornTo: calendarDaySchema.optional(),
});

/** Why a search hit matched, so that the row can say so. */
export type MatchField = 'name' | 'pinyin' | 'phone' | 'nationalId' | 'insuranceNumber' | 'medicalRecordNumber';
export interface PatientHit extends PatientRow {
  matched: MatchField;
}

/** A patient who may be the one being registered; `reasons` in falling order of weight. */
export interface PossibleDuplicate extends PatientRow {
  reasons: ('nationalId' | 'insuranceNumber' | 'phone' | 'name' | 'namePinyin' | 'birthday' | 'birthYear' | 'nationalIdTypo' | 'phoneTypo' | 'birthdayTypo' | 'nameSwapped')[];
}

/** Two entries that may be of one person. */
export interface DuplicatePair {
  one: PatientRow;
  other: PatientRow;
  score: number;
  reasons: PossibleDuplicate['reasons'];
}

/** One version of a document, newest first. `content` is what was saved; a diff is computed on screen. */
export interface Version<Content> {
  rev: string;
  savedAt: string;
  savedBy: string;
  savedByName: string;
  deleted: boolean;
  content: Content;
}

const patientRef = z.strictObject({ id: idSchema });
const patientAtRev = z.strictObject({ id: idSchema, rev: idSchema });

export const patientCalls = {
  'patients.list': call(
    'patient.read',
    z.strictObject({
      ...pageSchema,
      sort: z.enum(patientSorts),
      direction: z.enum(['ascending', 'descending']),
      filter: patientListFilterSchema,
    }),
  )<Page<PatientRow>>(),
  /** As you type: Chinese, Latin, pinyin (full, given name, initials), phone, national id, record number. At most 50 hits. */
  'patients.search': call('patient.read', z.strictObject({ query: z.string().max(200) }))<PatientHit[]>(),
  /** `viewed` records in the audit that the chart was opened. */
  'patients.get': call('patient.read', z.strictObject({ id: idSchema, viewed: z.boolean().optional() }))<Patient>(),
  'patients.possibleDuplicates': call(
    'patient.read',
    z.strictObject({ patient: patientInputSchema.partial(), exceptId: idSchema.optional() }),
  )<PossibleDuplicate[]>(),
  /** The patient of a number as it stands on a card or a slip; null where nobody has it. */
  'patients.findByNumber': call('patient.read', z.strictObject({ medicalRecordNumber: z.string().max(40) }))<{ id: string } | null>(),
  'patients.create': call('patient.write', z.strictObject({ patient: patientInputSchema, draftId: idSchema.optional() }))<Patient>(),
  'patients.update': call(
    'patient.write',
    z.strictObject({ id: idSchema, rev: idSchema, patient: patientInputSchema, draftId: idSchema.optional() }),
  )<Patient>(),
  /** The likeliest hundred pairs; `uncompared` patients were written or arrived since and are looked at by asking again. */
  'patients.duplicates': call('patient.merge', nothing)<{ pairs: DuplicatePair[]; total: number; uncompared: number }>(),
  /** From now on the chart of `survivor` is that of both. Nothing of either is rewritten but their links. */
  'patients.merge': call('patient.merge', z.strictObject({ survivor: patientAtRev, replaced: patientAtRev }))<Patient>(),
  /** Takes the link away again: each has its own chart, with all that was written of it, before and since. */
  'patients.unmerge': call('patient.merge', z.strictObject({ replaced: patientAtRev }))<Patient>(),
  /** Two people after all. */
  'patients.keepApart': call('patient.merge', z.strictObject({ ...patientAtRev.shape, otherId: idSchema }))<null>(),
  /** Entries that this one stands for. */
  'patients.replaced': call('patient.read', patientRef)<PatientRow[]>(),
  'patients.delete': call('patient.delete', patientAtRev)<null>(),
  'patients.restore': call('trash.restore', patientAtRev)<Patient>(),
  'patients.history': call('patient.read', patientRef)<Version<PatientContent>[]>(),
};
