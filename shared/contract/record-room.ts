import { z } from 'zod';
import type { Finding } from '../record-room/completeness.ts';
import type { Verification } from '../record-room/sealed-copy.ts';
import type { ArchivedChart } from '../schema/archived-chart.ts';
import { chartLoanInputSchema, type ChartLoan } from '../schema/chart-loan.ts';
import { idSchema, optionalText, requiredText } from '../schema/document.ts';
import { amendmentReasonSchema, recordKinds, type RecordKind } from '../schema/medical-record.ts';
import { call } from './call.ts';
import { uploadBytes } from './document-references.ts';
import type { Job } from './job.ts';
import { pageSchema, type Page } from './page.ts';

/** `closed`: to be checked and sealed. `archived`: sealed. Of those, `lent` are out, `overdue` longer than agreed. */
export const chartStates = ['closed', 'archived', 'lent', 'overdue'] as const;
export type ChartState = (typeof chartStates)[number];

/** A closed chart, see `archivedChartContentSchema` for what one is. */
export interface ClosedChart {
  /** Of the encounter, or of the record where nobody checked in; its seal has the same. */
  id: string;
  chart: 'encounters' | 'medicalRecords';
  patientId: string;
  patientName: string;
  medicalRecordNumber: string;
  kind: RecordKind;
  /** Days. */
  period: { start: string; end: string };
  state: ChartState;
  location?: string;
  borrowerName?: string;
  dueDate?: string;
  /** What is missing; of a chart that is sealed, nothing. */
  findings: Finding[];
}

/** How a document stands to the seal of its chart: as it was, amended since, altered before the seal came to it, come later, or gone. */
export type Standing = 'as-sealed' | 'amended' | 'altered' | 'added' | 'missing';
export interface ChartEntry {
  collection: string;
  id: string;
  title: string;
  /** An instant. */
  updatedAt: string;
  standing?: Standing;
}
export interface ChartDetails extends ClosedChart {
  entries: ChartEntry[];
  archived?: ArchivedChart;
  /** Latest first. */
  loans: ChartLoan[];
  /** The last day on which it must still be there. */
  retainedUntil: string;
}

const filter = { state: z.enum(chartStates), kind: z.enum(recordKinds).optional(), text: optionalText(100) };
const ref = z.strictObject({ id: idSchema });

export const recordRoomCalls = {
  /** The latest end first; by name or medical record number. */
  'recordRoom.list': call('chart.archive', z.strictObject({ ...pageSchema, ...filter }))<Page<ClosedChart>>(),
  'recordRoom.get': call('chart.archive', ref)<ChartDetails>(),
  /** Fails with `chart-not-closed`, `chart-incomplete` or `chart-sealed`. */
  'recordRoom.seal': call('chart.archive', z.strictObject({ id: idSchema, location: optionalText(200) }))<ArchivedChart>(),
  /** With what was amended or came late, and why. */
  'recordRoom.sealAnew': call('chart.archive', z.strictObject({ id: idSchema, rev: idSchema, reason: amendmentReasonSchema }))<ArchivedChart>(),
  'recordRoom.move': call('chart.archive', z.strictObject({ id: idSchema, rev: idSchema, location: requiredText(200) }))<ArchivedChart>(),
  /** Fails with `chart-lent`, or `invalid-input` for a day that is past. */
  'recordRoom.lend': call('chart.archive', z.strictObject({ id: idSchema, loan: chartLoanInputSchema }))<ChartLoan>(),
  'recordRoom.return': call('chart.archive', z.strictObject({ id: idSchema, rev: idSchema }))<ChartLoan>(),
  /** The list as CSV. */
  'recordRoom.exportList': call('data.export', z.strictObject(filter))<Job>(),
  /** A sealed chart as a file that shows whether it was altered. Fails with `attachment-not-here`. */
  'recordRoom.exportCopy': call('data.export', ref)<Job>(),
  /** A file of so many bytes is about to come. Fails with `attachment-too-large`. */
  'recordRoom.beginVerify': call('chart.archive', z.strictObject({ size: z.int().min(1) }))<{ uploadId: string }>(),
  'recordRoom.appendVerify': call('chart.archive', z.strictObject({ uploadId: idSchema, base64: z.base64().max(Math.ceil(uploadBytes / 3) * 4) }))<null>(),
  /** Fails with `file-not-sealed-copy`. */
  'recordRoom.verify': call('chart.archive', z.strictObject({ uploadId: idSchema }))<Verification>(),
};
