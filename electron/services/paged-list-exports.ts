import type { TFunction } from 'i18next';
import { aboutText, actionText } from '../../shared/conflicts/change-words.ts';
import { bothNames, clashedFields, conflictTitle } from '../../shared/conflicts/conflict-words.ts';
import type { pagedLists } from '../../shared/contract/exchange.ts';
import type { Job } from '../../shared/contract/job.ts';
import { qualityRuleNames, qualityRules } from '../../shared/quality/rules.ts';
import { clinicalReportsForFile, cloudReportsForFile } from './cloud-lists.ts';
import { listConflicts } from './conflicts.ts';
import type { Context } from './context.ts';
import { careTasksForFile, communicationsForFile, referralsForFile } from './correspondence-lists.ts';
import { keepExport, newExportFile, type ExportFile } from './export-files.ts';
import type { RunningJob } from './job-runner.ts';
import { cellsOfPage, type Paged } from './paged-list.ts';
import { qualityFindings } from './quality.ts';
import { listQuarantine } from './quarantine.ts';
import { changeSetsForFile, heldForFile } from './sync-lists.ts';
import { listTrash } from './trash.ts';

export type PagedList = (typeof pagedLists)[number];

/** Rows read in one turn. */
const pageLength = 200;

/** Writes a list that its screen reads by pages, with what the screen shows. */
export function exportPaged(context: Context, list: PagedList, t: TFunction): Job {
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await write(context, pagedListOf[list](context, t), job)), context.user.id);
}

async function write({ store, actor }: Context, { collection, header, parts }: Paged, job: RunningJob): Promise<ExportFile> {
  const file = newExportFile(header);
  let count = 0;
  for (const part of parts) {
    for (let offset = 0, total = 1; offset < total; ) {
      const page = await part({ offset, limit: pageLength });
      await file.append(page.rows);
      offset += page.rows.length;
      count += page.rows.length;
      total = page.rows.length === 0 ? 0 : page.total;
      job.progress(count, count - offset + page.total);
      await job.pause();
    }
  }
  await file.finish();
  store.record({ actor, action: 'export.created', about: collection === undefined ? {} : { collection }, count });
  return file;
}

const pagedListOf: Record<PagedList, (context: Context, t: TFunction) => Paged> = {
  trash: (context, t) => ({
    header: [t('trash.kind'), t('trash.what'), t('patients.field.medicalRecordNumber'), t('trash.patient'), t('trash.deletedAt'), t('trash.deletedBy')],
    parts: [
      (window) =>
        cellsOfPage(listTrash(context, window), ({ collection, title, patientId, patientName, deletedAt, deletedByName }) => [
          t(`trash.collection.${collection}`), title, patientId === null ? '' : (context.store.get('patients', patientId)?.medicalRecordNumber ?? ''), patientName ?? '', deletedAt, deletedByName,
        ]),
    ],
  }),
  conflicts: (context, t) => ({
    collection: 'conflicts',
    header: [t('records.field.status'), ...(['patient', 'what', 'fields', 'who', 'at', 'settledBy', 'settledAt'] as const).map((column) => t(`conflicts.column.${column}`))],
    parts: (['open', 'settled'] as const).map((status) => (window) =>
      cellsOfPage(listConflicts(context, { status, ...window }), (row) => [
        t(`conflicts.${status}`), row.patientName ?? '', conflictTitle(row, t), clashedFields(row, t), bothNames(row, t), row.createdAt, row.settledByName ?? '', row.settledAt ?? '',
      ])),
  }),
  referrals: referralsForFile,
  communications: communicationsForFile,
  careTasks: careTasksForFile,
  clinicalReports: clinicalReportsForFile,
  cloudReports: cloudReportsForFile,
  waitingChanges: changeSetsForFile('waiting'),
  sentChanges: changeSetsForFile('on-server'),
  held: heldForFile,
  quality: (context, t) => ({
    header: [t('quality.column.severity'), t('quality.column.rule'), t('quality.column.where'), t('patients.field.medicalRecordNumber'), t('quality.column.patient'), t('quality.column.field'), t('quality.column.value')],
    parts: qualityRuleNames.map((rule) => (window) =>
      cellsOfPage(qualityFindings(context, { rule, ...window }), ({ collection, medicalRecordNumber, patientName, field, value }) => [
        t(`quality.severity.${qualityRules[rule].severity}`), t(`quality.rule.${rule}`), t(`quality.collection.${collection}`), medicalRecordNumber, patientName, field, value,
      ])),
  }),
  quarantine: (context, t) => ({
    header: [t('sync.savedAt'), t('sync.what'), t('sync.about'), t('sync.savedBy'), t('quarantine.why'), t('quarantine.refusedAt')],
    parts: [
      (window) =>
        cellsOfPage(listQuarantine(context, window), (row) => [row.savedAt, actionText(row.action, t), aboutText(row, t), row.savedByName, t(`quarantine.refusal.${row.refusal}`), row.refusedAt]),
    ],
  }),
};
