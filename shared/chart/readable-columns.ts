import type { TFunction } from 'i18next';
import type { TextKey } from '../i18n/index.ts';
import type { AppointmentContent } from '../schema/appointment.ts';
import { clinicalCollections, type ClinicalContents } from '../schema/clinical.ts';
import type { DocumentReferenceContent } from '../schema/document-reference.ts';
import type { EncounterContent } from '../schema/encounter.ts';
import type { CodeableConcept } from '../schema/fhir-types.ts';
import type { Signature } from '../schema/medical-record.ts';
import { frequencyCodes } from './frequencies.ts';
import { dispensedText, quantityText, rangeSource, rangeText, valueText } from './value-text.ts';

/** Collections of which a list can be written to a file, and each document shown version by version. */
export const readableCollections = [...clinicalCollections, 'appointments', 'encounters', 'documentReferences'] as const;
export type ReadableCollection = (typeof readableCollections)[number];
export interface ReadableContents extends ClinicalContents {
  appointments: AppointmentContent;
  encounters: EncounterContent;
  documentReferences: DocumentReferenceContent;
}

/** How what a document holds is read: in a language, on a clock, and with the names of users. */
export interface Words {
  t: TFunction;
  time(instant: string): string;
  nameOf(userId: string): string;
}

export interface Column<Content> {
  label: TextKey;
  /** Undefined where the document says nothing of it. */
  text(content: Content, words: Words): string | undefined;
  /** Words that people wrote, which are compared word by word. */
  prose?: true;
}

const codes = ({ coding = [] }: CodeableConcept): string => coding.map(({ system, code }) => `${system}|${code}`).join('; ');
const when = (text: string | undefined, { time }: Words): string | undefined => (text?.includes('T') === true ? time(text) : text);
const signed = (signature: Signature | undefined, { time }: Words): string | undefined => signature && `${signature.name} ${time(signature.at)}`;

interface Recorded {
  note?: string | undefined;
  recorderName: string;
  recordedDate: string;
}
const recorded: Column<Recorded>[] = [
  { label: 'chart.condition.note', text: ({ note }) => note, prose: true },
  { label: 'chart.recordedBy', text: ({ recorderName }) => recorderName },
  { label: 'history.recordedAt', text: ({ recordedDate }, { time }) => time(recordedDate) },
];

type Order = { statusReason?: string | undefined; statusChange?: Signature | undefined; signature?: Signature | undefined };
const ofOrder: Column<Order>[] = [
  { label: 'chart.order.reason', text: ({ statusReason }) => statusReason, prose: true },
  { label: 'history.stoppedBy', text: ({ statusChange }, words) => signed(statusChange, words) },
  { label: 'chart.order.signed', text: ({ signature }, words) => signed(signature, words) },
];

const frequencyText = (code: string | undefined, t: TFunction): string | undefined => {
  const known = frequencyCodes.find((one) => one === code);
  return known === undefined ? code : t(`chart.frequency.${known}`);
};

/** What is told of a document in a list and in its versions, beside whose it is. */
export const readableColumns: { readonly [Name in ReadableCollection]: readonly Column<ReadableContents[Name]>[] } = {
  allergyIntolerances: [
    { label: 'chart.allergy.substance', text: ({ code }) => code.text },
    { label: 'history.codes', text: ({ code }) => codes(code) },
    { label: 'chart.allergy.category', text: ({ category }, { t }) => category && t(`chart.allergyCategory.${category}`) },
    { label: 'chart.allergy.criticality', text: ({ criticality }, { t }) => criticality && t(`chart.criticality.${criticality}`) },
    { label: 'chart.allergy.clinicalStatus', text: ({ clinicalStatus }, { t }) => t(`chart.conditionStatus.${clinicalStatus}`) },
    { label: 'chart.allergy.verificationStatus', text: ({ verificationStatus }, { t }) => t(`chart.verification.${verificationStatus}`) },
    {
      label: 'chart.allergy.reaction',
      text: ({ reaction = [] }, { t }) => reaction.map(({ manifestation, severity, description }) => [manifestation, severity && t(`chart.severity.${severity}`), description].filter(Boolean).join(' · ')).join('; '),
    },
    { label: 'chart.condition.onset', text: ({ onsetDateTime }, words) => when(onsetDateTime, words) },
    ...recorded,
  ],
  conditions: [
    { label: 'chart.condition.problem', text: ({ code }) => code.text },
    { label: 'history.codes', text: ({ code }) => codes(code) },
    { label: 'history.category', text: ({ category }, { t }) => category && t(`history.conditionCategory.${category}`) },
    { label: 'chart.condition.clinicalStatus', text: ({ clinicalStatus }, { t }) => t(`chart.conditionStatus.${clinicalStatus}`) },
    { label: 'chart.condition.verificationStatus', text: ({ verificationStatus }, { t }) => t(`chart.verification.${verificationStatus}`) },
    { label: 'chart.condition.onset', text: ({ onsetDateTime }, words) => when(onsetDateTime, words) },
    { label: 'chart.condition.abatement', text: ({ abatementDateTime }, words) => when(abatementDateTime, words) },
    ...recorded,
  ],
  observations: [
    { label: 'chart.laboratory.test', text: ({ code }) => code.text },
    { label: 'history.codes', text: ({ code }) => codes(code) },
    { label: 'history.category', text: ({ category }, { t }) => category && t(`history.observationCategory.${category}`) },
    { label: 'chart.order.status', text: ({ status }, { t }) => t(`history.observationStatus.${status}`) },
    { label: 'chart.laboratory.at', text: ({ effectiveDateTime }, words) => when(effectiveDateTime, words) },
    { label: 'chart.laboratory.result', text: (observation, { t }) => valueText(observation, t) },
    { label: 'chart.laboratory.range', text: (observation) => [rangeText(observation), rangeSource(observation)].filter(Boolean).join(' · ') },
    { label: 'history.interpretation', text: ({ interpretation }) => interpretation },
    ...recorded,
  ],
  medicationRequests: [
    { label: 'chart.order.drug', text: ({ medicationCodeableConcept }) => medicationCodeableConcept.text },
    { label: 'history.codes', text: ({ medicationCodeableConcept }) => codes(medicationCodeableConcept) },
    { label: 'chart.order.status', text: ({ status }, { t }) => t(`chart.orderStatus.${status}`) },
    { label: 'chart.order.dose', text: ({ doseQuantity }, { t }) => quantityText(doseQuantity, t) },
    { label: 'chart.order.route', text: ({ route }, { t }) => route && t(`chart.route.${route}`) },
    { label: 'chart.order.frequency', text: ({ frequency }, { t }) => frequencyText(frequency, t) },
    { label: 'chart.order.days', text: ({ days }) => days?.toString() },
    { label: 'chart.order.quantity', text: (request, { t }) => dispensedText(request, t) },
    { label: 'chart.order.asNeeded', text: ({ asNeeded }, { t }) => (asNeeded === true ? t('chart.yes') : undefined) },
    { label: 'chart.order.directions', text: ({ dosageText }) => dosageText, prose: true },
    { label: 'history.issues', text: ({ detectedIssues = [] }, { t }) => detectedIssues.map(({ kind, detail, reason }) => [t(`chart.issue.${kind}`), detail, reason].filter(Boolean).join(' · ')).join('; ') },
    ...ofOrder,
    ...recorded,
  ],
  serviceRequests: [
    { label: 'chart.laboratory.test', text: ({ code }) => code.text },
    { label: 'history.codes', text: ({ code }) => codes(code) },
    { label: 'history.category', text: ({ category }, { t }) => t(`history.serviceCategory.${category}`) },
    { label: 'chart.basket.priority', text: ({ priority }, { t }) => priority && t(`chart.priority.${priority}`) },
    { label: 'chart.order.status', text: ({ status }, { t }) => t(`chart.orderStatus.${status}`) },
    { label: 'history.dueAt', text: ({ performedDateTime, authoredOn }, words) => when(performedDateTime ?? authoredOn, words) },
    ...ofOrder,
    ...recorded,
  ],
  immunizations: [
    { label: 'chart.immunization.vaccine', text: ({ vaccineCode }) => vaccineCode.text },
    { label: 'history.codes', text: ({ vaccineCode }) => codes(vaccineCode) },
    { label: 'chart.order.status', text: ({ status }, { t }) => t(`history.immunizationStatus.${status}`) },
    { label: 'chart.order.reason', text: ({ statusReason }) => statusReason, prose: true },
    { label: 'chart.immunization.occurrence', text: ({ occurrenceDateTime }, words) => when(occurrenceDateTime, words) },
    { label: 'chart.immunization.doseNumber', text: ({ doseNumber }) => doseNumber?.toString() },
    { label: 'chart.immunization.lotNumber', text: ({ lotNumber }) => lotNumber },
    { label: 'chart.immunization.manufacturer', text: ({ manufacturer }) => manufacturer },
    { label: 'chart.immunization.expirationDate', text: ({ expirationDate }) => expirationDate },
    { label: 'chart.immunization.site', text: ({ site }, { t }) => site && t(`chart.site.${site}`) },
    { label: 'chart.order.route', text: ({ route }, { t }) => route && t(`chart.route.${route}`) },
    ...recorded,
  ],
  appointments: [
    { label: 'appointments.start', text: ({ start }, { time }) => time(start) },
    { label: 'appointments.end', text: ({ end }, { time }) => time(end) },
    { label: 'chart.order.status', text: ({ status }, { t }) => t(`appointments.status.${status}`) },
    { label: 'appointments.practitioner', text: ({ practitionerId }, { nameOf }) => practitionerId && nameOf(practitionerId) },
    { label: 'appointments.room', text: ({ room }) => room },
    { label: 'appointments.reason', text: ({ reason }) => reason, prose: true },
  ],
  encounters: [
    { label: 'encounters.arrived', text: ({ arrivedAt }, { time }) => time(arrivedAt) },
    { label: 'history.calledAt', text: ({ calledAt }, { time }) => calledAt && time(calledAt) },
    { label: 'history.endedAt', text: ({ endedAt }, { time }) => endedAt && time(endedAt) },
    { label: 'encounters.kind', text: ({ kind }, { t }) => t(`records.kind.${kind}`) },
    { label: 'encounters.column.status', text: ({ status }, { t }) => t(`encounters.status.${status}`) },
    { label: 'encounters.priority', text: ({ priority }, { t }) => t(`encounters.priorities.${priority}`) },
    { label: 'encounters.priorityReason', text: ({ priorityReason }) => priorityReason, prose: true },
    { label: 'encounters.practitioner', text: ({ practitionerId }, { nameOf }) => practitionerId && nameOf(practitionerId) },
    { label: 'encounters.boardRoom', text: ({ room }) => room },
    { label: 'encounters.reason', text: ({ reason }) => reason, prose: true },
  ],
  documentReferences: [
    { label: 'documents.field.title', text: ({ title }) => title, prose: true },
    { label: 'documents.field.type', text: ({ type }, { t }) => t(`documents.type.${type}`) },
    { label: 'documents.field.date', text: ({ date }) => date },
    { label: 'documents.column.author', text: ({ authorName }) => authorName },
    { label: 'documents.column.size', text: ({ attachment }) => String(attachment.size) },
  ],
};

export interface ReadableText {
  label: TextKey;
  text: string;
  prose: boolean;
}

/** A document column by column, in the order of {@link readableColumns}. */
export function readableDocument<Name extends ReadableCollection>(collection: Name, content: ReadableContents[Name], words: Words): ReadableText[] {
  return readableColumns[collection].map(({ label, text, prose = false }) => ({ label, text: text(content, words) ?? '', prose }));
}
