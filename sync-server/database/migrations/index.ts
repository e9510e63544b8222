import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Kind } from '../kind.ts';
import { tables } from './0001-tables.ts';
import { views } from './0002-views.ts';
import { upstreams } from './0003-upstreams.ts';
import { resources } from './0004-resources.ts';
import { attachments } from './0005-attachments.ts';
import { automation } from './0006-automation.ts';
import { sharedCharts } from './0007-shared-charts.ts';
import { attachmentsByHash } from './0008-attachments-by-hash.ts';

/** A numbered step: statements for one kind of database. A step that has been released is never changed. */
type Step = (kind: Kind) => string[];

const steps: Record<string, Step> = { '0001-tables': tables, '0002-views': views, '0003-upstreams': upstreams, '0004-resources': resources, '0005-attachments': attachments, '0006-automation': automation, '0007-shared-charts': sharedCharts, '0008-attachments-by-hash': attachmentsByHash };

export const migrationsFor = (kind: Kind): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(steps).map(([name, statementsOf]) => [
      name,
      {
        async up(kysely: Kysely<unknown>) {
          for (const statement of statementsOf(kind)) await sql.raw(statement).execute(kysely);
        },
      },
    ]),
  );
