import { readableColumns, readableDocument, type ReadableCollection, type ReadableContents, type Words } from '../chart/readable-columns.ts';

export interface DocumentOfPatient<Content> {
  document: Content;
  patientName: string;
  medicalRecordNumber: string;
}

/** The head of a list: whose each document is, and what is told of it. */
export const listHeader = (collection: ReadableCollection, { t }: Words): string[] => [
  t('patients.field.medicalRecordNumber'), t('patients.field.name'), ...readableColumns[collection].map(({ label }) => t(label)),
];

/** A document's cells under {@link listHeader}; instants in UTC, ISO 8601. */
export const listCells = <Name extends ReadableCollection>(collection: Name, { document, patientName, medicalRecordNumber }: DocumentOfPatient<ReadableContents[Name]>, words: Words): string[] => [
  medicalRecordNumber, patientName, ...readableDocument(collection, document, words).map(({ text }) => text),
];
