import type { TFunction } from 'i18next';
import { readableCollections, type ReadableCollection, type Words } from '../../shared/chart/readable-columns.ts';
import { pagedLists, permissionOfList, type ExportList } from '../../shared/contract/exchange.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { listCells, listHeader } from '../../shared/exchange/list-export.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import { can } from '../../shared/permissions.ts';
import { templateSections } from '../../shared/schema/text-template.ts';
import { auditEntriesInStretch } from '../storage/audit-entries.ts';
import { collections } from '../storage/collections.ts';
import { textTemplates } from '../storage/habits.ts';
import { documentsInStretch, lastPosition } from '../storage/exports.ts';
import { listUsers } from '../storage/users.ts';
import { alarmsForFile, proposalsForFile, queuesForFile, serverJobsForFile } from './cloud-lists.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';
import { listDuplicates } from './duplicates.ts';
import { keepExport, newExportFile } from './export-files.ts';
import { startExport } from './exports.ts';
import { listFleet } from './fleet.ts';
import { rangesForFile } from './laboratory-ranges.ts';
import { exportPaged, type PagedList } from './paged-list-exports.ts';
import type { Short } from './short-list.ts';
import { backupsForFile, cleaningsForFile, codeTablesForFile, displacedForFile, importBatchesForFile } from './upkeep-lists.ts';

/** Writes a list as CSV. Fails with `forbidden` for a list that the user may not see, or `not-found` for a patient who is not there. */
export function exportList(context: Context, { list, patientId }: CallParsed<'exports.list'>): Job {
  const permission = permissionOfList[list];
  if (!can(context.user.role, permission)) fail({ code: 'forbidden', permission });
  if (patientId !== undefined) visibleDocument(context, 'patients', patientId);
  if (isOfCharts(list)) return exportDocuments(context, list, patientId);
  if (isPaged(list)) return exportPaged(context, list, wordsFor(context).t);
  return list === 'audit' ? exportAudit(context) : exportShort(context, list);
}

const isPaged = (list: ExportList): list is PagedList => (pagedLists as readonly string[]).includes(list);
const isOfCharts = (list: ExportList): list is ReadableCollection => (readableCollections as readonly string[]).includes(list);

function exportDocuments(context: Context, list: ReadableCollection, patientId: string | undefined): Job {
  const { connection } = context.store;
  const words = wordsFor(context);
  return startExport(context, {
    header: listHeader(list, words),
    last: lastPosition(connection, collections[list].table),
    rows: (stretch) => documentsInStretch(connection, list, patientId, stretch).map((row) => listCells(list, row, words)),
    about: { collection: list, ...(patientId !== undefined && { patientId }) },
  });
}

/** Instants are written as they are: a spreadsheet elsewhere runs on another clock. */
function wordsFor({ store, workstation }: Context): Words {
  const names = new Map(listUsers(store.connection).map(({ id, displayName }) => [id, displayName]));
  return { t: createTranslator(workstation.preferences.language).t, time: (instant) => instant, nameOf: (userId) => names.get(userId) ?? userId };
}

/** Oldest first, as a file is read: what is written meanwhile, this export among it, is not in it. */
function exportAudit(context: Context): Job {
  const { connection } = context.store;
  const { t } = wordsFor(context);
  return startExport(context, {
    header: [t('auditLog.at'), t('auditLog.who'), t('auditLog.action'), t('auditLog.patient'), t('auditLog.details')],
    last: lastPosition(connection, collections.auditEntries.table),
    rows: (stretch) =>
      auditEntriesInStretch(connection, stretch).map(({ createdAt, actorName, action, patientName, patientId = '', collection = '', fields = [], count }) => [
        createdAt, actorName === '' ? t('auditLog.automatic') : actorName, t(`audit.${action}`), patientName ?? patientId, [collection, ...fields, count?.toString()].filter(Boolean).join(' '),
      ]),
    about: { collection: 'auditEntries' },
  });
}

type ShortList = Exclude<ExportList, ReadableCollection | PagedList | 'audit'>;

function exportShort(context: Context, list: ShortList): Job {
  const { header, rows, collection } = shortLists[list](context, wordsFor(context).t);
  const keep = keepExport(context);
  return context.jobs.start(
    'export',
    async (job) => {
      const file = newExportFile(header);
      const all = await rows();
      await file.append(all);
      await file.finish();
      context.store.record({ actor: context.actor, action: 'export.created', about: collection === undefined ? {} : { collection }, count: all.length });
      keep(job.id, file);
    },
    context.user.id,
  );
}

const fleetColumns = ['name', 'site', 'version', 'lastSuccess', 'unsent', 'oldestUnsent', 'behind', 'skew', 'dataBytes', 'lastError', 'alarms'] as const;

const shortLists: Record<ShortList, (context: Context, t: TFunction) => Short> = {
  duplicates: (context, t) => ({
    collection: 'patients',
    header: [
      ...(['one', 'other'] as const).flatMap((side) => [`${t(`duplicates.column.${side}`)}: ${t('patients.field.medicalRecordNumber')}`, `${t(`duplicates.column.${side}`)}: ${t('patients.field.name')}`]),
      t('duplicates.column.reasons'), t('duplicates.column.score'),
    ],
    rows: () =>
      listDuplicates(context).pairs.map(({ one, other, reasons, score }) => [
        one.medicalRecordNumber, one.name, other.medicalRecordNumber, other.name, reasons.map((reason) => t(`patients.duplicates.reason.${reason}`)).join('; '), String(score),
      ]),
  }),
  textTemplates: ({ store }, t) => ({
    collection: 'textTemplates',
    header: [t('habits.field.title'), t('habits.field.shortcut'), t('habits.field.kind'), t('habits.field.department'), t('habits.field.text'), ...templateSections.map((section) => t(`records.field.${section}`))],
    rows: () =>
      textTemplates(store.connection).map(({ title, shortcut = '', kind, department = t('habits.everybody'), text = '', ...sections }) => [
        title, shortcut, t(`habits.kind.${kind}`), department, text, ...templateSections.map((section) => sections[section] ?? ''),
      ]),
  }),
  displaced: displacedForFile,
  importBatches: importBatchesForFile,
  cleanings: cleaningsForFile,
  backups: backupsForFile,
  codeTables: codeTablesForFile,
  laboratoryRanges: rangesForFile,
  alarms: alarmsForFile,
  proposals: proposalsForFile,
  queues: queuesForFile,
  serverJobs: serverJobsForFile,
  users: ({ store }, t) => ({
    collection: 'users',
    header: [t('common.username'), t('common.displayName'), t('common.role'), t('common.department'), t('users.account')],
    rows: () => listUsers(store.connection).map(({ username, displayName, role, department = '', active }) => [username, displayName, t(`role.${role}`), department, t(active ? 'users.active' : 'users.closed')]),
  }),
  workstations: (context, t) => ({
    collection: 'sites',
    header: fleetColumns.map((column) => t(`fleet.column.${column}`)),
    rows: async () =>
      (await listFleet(context)).workstations.map(({ name, siteName, appVersion, lastSuccessAt = '', unsent, oldestUnsentAt = '', behind, clockSkewSeconds, dataBytes, lastError = '', alarms }) => [
        name, siteName, appVersion, lastSuccessAt, String(unsent), oldestUnsentAt, String(behind), String(clockSkewSeconds), String(dataBytes), lastError, alarms.map((alarm) => t(`fleet.alarm.${alarm}`)).join('; '),
      ]),
  }),
};
