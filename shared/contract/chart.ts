import { z } from 'zod';
import type { ClinicRanges } from '../chart/laboratory-range.ts';
import type { ReadableContents } from '../chart/readable-columns.ts';
import { allergyIntoleranceInputSchema, type AllergyIntolerance } from '../schema/allergy-intolerance.ts';
import { clinicalCollections } from '../schema/clinical.ts';
import { conditionInputSchema, type Condition } from '../schema/condition.ts';
import { idSchema, requiredText, optionalText } from '../schema/document.ts';
import { immunizationInputSchema, type Immunization } from '../schema/immunization.ts';
import type { MedicalRecord, RecordKind } from '../schema/medical-record.ts';
import { medicationOrderSchema, type MedicationRequest } from '../schema/medication-request.ts';
import { observationCategories, observationInputSchema, type Observation } from '../schema/observation.ts';
import { serviceOrderSchema, type ServiceRequest } from '../schema/service-request.ts';
import { call } from './call.ts';
import type { ImportRowProblem } from './exchange.ts';
import { nothing, pageSchema, type Page } from './page.ts';
import type { Version } from './patients.ts';

const ofPatient = z.strictObject({ patientId: idSchema });
const pageOfPatient = z.strictObject({ ...pageSchema, patientId: idSchema });
const draftId = idSchema.optional();
/** The visit that it is written down in. */
const medicalRecordId = idSchema.optional();

const creating = <Input extends z.ZodType>(input: Input) => z.strictObject({ patientId: idSchema, content: input, medicalRecordId, draftId });
const updating = <Input extends z.ZodType>(input: Input) => z.strictObject({ id: idSchema, rev: idSchema, content: input, draftId });

/** Most values that are written down at once: a day's round, or a whole sheet of results. */
const observationsAtOnce = 100;

/** A code out of a table, with where it came from. */
export interface CodeHit {
  system: string;
  code: string;
  display: string;
}
export interface CodeTableInfo {
  system: string;
  name: string;
  entries: number;
  updatedAt: string;
}

/** `loaded`: how many ranges; none where there are problems. `unknownTests`: tests of the file that are entered nowhere here, whose rows are left out. */
export interface RangesLoaded {
  loaded: number;
  problems: ImportRowProblem[];
  unknownTests: string[];
}

/** What is known of a patient on one screen. Each part says when it was last written; absent where nothing ever was. */
export interface ChartSummary {
  conditions: Condition[];
  allergyIntolerances: AllergyIntolerance[];
  medicationRequests: MedicationRequest[];
  serviceRequests: ServiceRequest[];
  /** The latest values of each vital sign, newest first, enough for a trend. */
  vitalSigns: Observation[];
  /** The latest laboratory results, newest first, with those before them of the same kind. */
  laboratory: Observation[];
  immunizations: Immunization[];
  records: MedicalRecord[];
  recordTotal: number;
  updatedAt: Partial<Record<'conditions' | 'allergyIntolerances' | 'medicationRequests' | 'serviceRequests' | 'vitalSigns' | 'laboratory' | 'immunizations' | 'records', string>>;
}

/** What a printed order says of the visit that it was written in. */
export interface OrderVisit {
  /** The day that it was signed on, where this computer is. */
  day: string;
  department?: string;
  kind?: RecordKind;
  /** Of the record of the visit, then the problems that are active. */
  diagnoses: string[];
  /** Of a child: kilograms, and the day that it was weighed on. */
  weight?: { value: number; day: string };
}

const chartedCollections = [...clinicalCollections, 'documentReferences'] as const;

export const chartCalls = {
  'chart.summary': call('record.read', ofPatient)<ChartSummary>(),
  /** Allergies that stand, and the assertion that there are none, for the banner. */
  'chart.alerts': call('record.read', ofPatient)<{ allergyIntolerances: AllergyIntolerance[] }>(),

  /** Every version of a document of the chart, newest first. Fails with `not-found`. */
  'chart.history': call('record.read', z.strictObject({ collection: z.enum(chartedCollections), id: idSchema }))<Version<ReadableContents[(typeof chartedCollections)[number]]>[]>(),

  'allergyIntolerances.list': call('record.read', pageOfPatient)<Page<AllergyIntolerance>>(),
  /** A first allergy ends the assertion that there are none, in the same change set. */
  'allergyIntolerances.create': call('chart.write', creating(allergyIntoleranceInputSchema))<AllergyIntolerance>(),
  'allergyIntolerances.update': call('chart.write', updating(allergyIntoleranceInputSchema))<AllergyIntolerance>(),

  'conditions.list': call('record.read', pageOfPatient)<Page<Condition>>(),
  'conditions.create': call('chart.write', creating(conditionInputSchema))<Condition>(),
  'conditions.update': call('chart.write', updating(conditionInputSchema))<Condition>(),

  /** Newest first by their effective time; of one category, one code or one order where they are named. */
  'observations.list': call(
    'record.read',
    z.strictObject({
      ...pageSchema, patientId: idSchema, category: z.enum(observationCategories).optional(),
      code: optionalText(100), serviceRequestId: idSchema.optional(),
    }),
  )<Page<Observation>>(),
  /** What was measured together, as one change set. Results of an order complete it. */
  'observations.create': call(
    'chart.write',
    z.strictObject({ patientId: idSchema, contents: z.array(observationInputSchema).min(1).max(observationsAtOnce), medicalRecordId, draftId }),
  )<Observation[]>(),
  'observations.update': call('chart.write', updating(observationInputSchema))<Observation>(),

  'immunizations.list': call('record.read', pageOfPatient)<Page<Immunization>>(),
  'immunizations.create': call('chart.write', creating(immunizationInputSchema))<Immunization>(),
  'immunizations.update': call('chart.write', updating(immunizationInputSchema))<Immunization>(),

  'medicationRequests.list': call('record.read', pageOfPatient)<Page<MedicationRequest>>(),
  'serviceRequests.list': call('record.read', pageOfPatient)<Page<ServiceRequest>>(),
  /**
   * The order basket: prescriptions, tests and procedures signed once, as one change set. Fails with `invalid-input` where an
   * allergy stops a prescription and no reason is given (`allergy-stops`).
   */
  'orders.sign': call(
    'order.sign',
    z.strictObject({
      patientId: idSchema, medicalRecordId, draftId,
      medicationRequests: z.array(medicationOrderSchema).max(50),
      serviceRequests: z.array(serviceOrderSchema).max(50),
    }),
  )<{ groupIdentifier: string; medicationRequests: MedicationRequest[]; serviceRequests: ServiceRequest[] }>(),
  'orders.stopMedication': call(
    'order.sign',
    z.strictObject({ id: idSchema, rev: idSchema, status: z.enum(['stopped', 'completed', 'on-hold', 'active', 'entered-in-error']), reason: optionalText(1000) }),
  )<MedicationRequest>(),
  'orders.endService': call(
    'order.sign',
    z.strictObject({ id: idSchema, rev: idSchema, status: z.enum(['revoked', 'completed', 'entered-in-error']), reason: optionalText(1000) }),
  )<ServiceRequest>(),
  /** What was signed in one basket, for its printed sheet. */
  'orders.group': call('record.read', z.strictObject({ patientId: idSchema, groupIdentifier: idSchema }))<{
    medicationRequests: MedicationRequest[];
    serviceRequests: ServiceRequest[];
    visit: OrderVisit;
  }>(),
  /** Tells the audit that a paper copy was made. */
  'orders.printed': call('record.read', z.strictObject({ patientId: idSchema, groupIdentifier: idSchema }))<null>(),

  /** Codes whose code begins so or whose name holds it; what the clinic loaded before what is built in. At most 50. */
  'codes.search': call('session', z.strictObject({ system: requiredText(200), query: z.string().max(200), language: z.enum(['en', 'zh']) }))<CodeHit[]>(),
  'codes.tables': call('settings.manage', z.strictObject({}))<CodeTableInfo[]>(),
  /** Replaces the table of a system by a CSV file's first two columns, code and name. Fails with `file-not-csv`, `file-empty` or `file-wrong-columns`. */
  'codes.load': call('settings.manage', z.strictObject({ system: requiredText(200), name: requiredText(200), text: z.string().max(3_500_000) }))<CodeTableInfo>(),
  /** The reference ranges that the clinic loaded; null: the built-in ones are all there is. */
  'codes.ranges': call('session', nothing)<ClinicRanges | null>(),
  /** Replaces them by those of a CSV file, all or none. Fails with `file-not-csv`, `file-empty`, `file-wrong-columns` or `file-too-many-rows`. */
  'codes.loadRanges': call('settings.manage', z.strictObject({ name: requiredText(200), text: z.string().max(3_500_000) }))<RangesLoaded>(),
  'codes.removeRanges': call('settings.manage', nothing)<null>(),
};
