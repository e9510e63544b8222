import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** Reports of the cloud, listed by what they are about without a look at their figures. */
export function cloudReports(connection: Connection): void {
  connection.exec(`
    ${collectionTable('cloud_reports', [generated('period', 'period'), generated('until', 'to')])}
    CREATE INDEX cloud_reports_by_time ON cloud_reports (deleted, until, period);
  `);
}
