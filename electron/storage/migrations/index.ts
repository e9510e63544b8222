import type { Connection } from '../connection.ts';
import { collections } from './0001-collections.ts';
import { patientSearch } from './0002-patient-search.ts';
import { importBatches } from './0003-import-batches.ts';
import { replica } from './0004-replica.ts';
import { chart } from './0005-chart.ts';
import { frontDesk } from './0006-front-desk.ts';
import { attachments } from './0007-attachments.ts';
import { cloudReports } from './0008-cloud-reports.ts';
import { duplicates } from './0009-duplicates.ts';
import { habits } from './0010-habits.ts';
import { communication } from './0011-communication.ts';
import { recordRoom } from './0013-record-room.ts';
import { analytics } from './0014-analytics.ts';
import { quality } from './0015-quality.ts';
import { sharedDocuments } from './0016-shared-documents.ts';

/** Migrations in order; the n-th brings a database from version n-1 to n. Published ones never change. */
export const migrations: readonly ((connection: Connection) => void)[] = [collections, patientSearch, importBatches, replica, chart, frontDesk, attachments, cloudReports, duplicates, habits, communication, recordRoom, analytics, quality, sharedDocuments];

export const schemaVersion = migrations.length;
