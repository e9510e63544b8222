import type { TFunction } from 'i18next';
import { codeEntries, listCodeTables } from '../storage/code-tables.ts';
import { listDisplaced } from './appointments.ts';
import { listBackups } from './backups.ts';
import { cleanings } from './cleaning.ts';
import type { Context } from './context.ts';
import { importBatches } from './imports.ts';
import type { Short } from './short-list.ts';

/** What was brought in from files, and whether it was taken back. */
export const importBatchesForFile = (context: Context, t: TFunction): Short => ({
  header: [t('imports.when'), t('imports.file'), t('imports.by'), t('imports.broughtIn'), t('records.field.status')],
  rows: () =>
    importBatches(context).map(({ importedAt, fileName, importedByName, kind, count, undone }) => [importedAt, fileName, importedByName, t(`imports.of.${kind}`, { count }), undone ? t('imports.undone') : '']),
});

export const cleaningsForFile = (context: Context, t: TFunction): Short => ({
  header: [...(['when', 'what', 'by', 'count'] as const).map((column) => t(`quality.column.${column}`)), t('records.field.status')],
  rows: () => cleanings(context).map(({ cleanedAt, what, cleanedByName, count, undone }) => [cleanedAt, t(`quality.what.${what}`), cleanedByName, String(count), undone ? t('quality.undone') : '']),
});

/** Sizes in bytes: a spreadsheet adds them up. */
export const backupsForFile = (context: Context, t: TFunction): Short => ({
  header: [t('backups.made'), t('imports.file'), t('backups.patients'), t('backups.records'), `${t('backups.size')} (B)`, t('backups.state')],
  rows: () =>
    listBackups(context).backups.map(({ createdAt, fileName, patients, records, bytes, verified }) => [
      createdAt, fileName, String(patients), String(records), String(bytes), t(verified ? 'backups.verified' : 'backups.notVerified'),
    ]),
});

/** Every code that the clinic loaded, in columns that are loaded again as they are. */
export const codeTablesForFile = ({ store: { connection } }: Context, t: TFunction): Short => ({
  collection: 'codeTables',
  header: [t('chart.tables.code'), t('chart.tables.display'), t('chart.tables.table')],
  rows: () => listCodeTables(connection).flatMap(({ system, name }) => codeEntries(connection, system).map(([code, display]) => [code, display, name])),
});

/** Appointments that need another time, and who keeps the one they had. */
export const displacedForFile = (context: Context, t: TFunction): Short => ({
  collection: 'appointments',
  header: [t('patients.field.medicalRecordNumber'), t('patients.field.name'), ...(['start', 'end', 'practitioner', 'room', 'reason'] as const).map((column) => t(`appointments.${column}`)), t('appointments.displaced.stays')],
  rows: () =>
    listDisplaced(context).map(({ medicalRecordNumber, patientName, start, end, practitionerName = '', room = '', reason = '', keptFor }) => [
      medicalRecordNumber, patientName, start, end, practitionerName, room, reason, keptFor === undefined ? '' : `${keptFor.patientName} (${keptFor.medicalRecordNumber})`,
    ]),
});
