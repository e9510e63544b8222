import { amountsOf } from '../../shared/resources/amounts.ts';
import type { CloudReportInputs } from '../../shared/resources/report/inputs.ts';
import { dailyReportsBefore, inventoryAt, movesBetween } from './cloud-reports.ts';
import { openConnection, type Connection } from './connection.ts';

const samplesBefore = 59;

/** Where a worker finds what a report is made from. */
export interface ReportSource {
  databasePath: string;
  databaseKey: Uint8Array;
  seed: number;
}
type Period = Pick<CloudReportInputs, 'from' | 'to'>;

/** Everything that a report is made from, out of the history of the store, as one moment of the database tells it. */
export function readReportInputs({ databasePath, databaseKey, seed }: ReportSource, period: Period): CloudReportInputs {
  const connection = openConnection(databasePath, databaseKey, { readonly: true });
  try {
    return connection.transaction(() => inputsOf(connection, period, seed))();
  } finally {
    connection.close();
  }
}

function inputsOf(connection: Connection, { from, to }: Period, seed: number): CloudReportInputs {
  const earlier = dailyReportsBefore(connection, to, samplesBefore).map(({ to: at, figures }) => ({
    at, shares: amountsOf((dimension) => figures.allocation.find((row) => row.dimension === dimension)?.share ?? 0),
  }));
  return { from, to, inventory: inventoryAt(connection, to), moves: movesBetween(connection, { from, to }), earlier, seed };
}
