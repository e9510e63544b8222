import { z } from 'zod';
import type { FieldIssue } from '../errors.ts';
import type { ImportedCollection } from '../exchange/fhir/mappings.ts';
import { idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/** What a check or an import of FHIR resources found. What is here already is left as it is. */
export interface FhirImportReport {
  resources: number;
  /** Of each kind: new to this clinic, and here already. */
  collections: { collection: ImportedCollection; fresh: number; known: number }[];
  refused: number;
  /** Patients among the new ones who may be somebody who is here under another id. */
  possibleDuplicates: number;
  /** Resources of kinds that have no place here, by their type. */
  ignored: Record<string, number>;
  /** Seals and loans of a record room elsewhere, which seal and lend nothing here. */
  ofRecordRoom: number;
  /** Documents brought in so far. */
  imported: number;
}

/** `place` is the line of an NDJSON file, or the entry of a bundle, from 1. A path is FHIR's, or the document's field where FHIR is content. */
export interface FhirProblem {
  place: number;
  resourceType: string;
  issues: FieldIssue[];
}

const ofImport = z.strictObject({ importId: idSchema });

/** A file comes in by `imports.begin` and `imports.append`, and is let go by `imports.close`. */
export const fhirCalls = {
  'fhirImports.check': call('data.import', ofImport)<Job>(),
  'fhirImports.run': call('data.import', ofImport)<Job>(),
  'fhirImports.report': call('data.import', ofImport)<FhirImportReport>(),
  'fhirImports.problems': call('data.import', z.strictObject({ importId: idSchema, ...pageSchema }))<Page<FhirProblem>>(),
  /** A Bundle of one patient's whole chart; read with `exports.read`. */
  'fhirExports.patient': call('data.export', z.strictObject({ patientId: idSchema }))<Job>(),
  /** NDJSON, a resource a line, of every patient of this workstation; read with `exports.read`. */
  'fhirExports.all': call('data.export', nothing)<Job>(),
};
