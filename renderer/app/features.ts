import { analytics } from '../features/analytics/feature.ts';
import { appointments } from '../features/appointments/feature.ts';
import { audit } from '../features/audit/feature.ts';
import { backups } from '../features/backups/feature.ts';
import { cloudReports } from '../features/cloud-reports/feature.ts';
import { correspondence } from '../features/correspondence/feature.ts';
import { conflicts } from '../features/conflicts/feature.ts';
import { drafts } from '../features/drafts/feature.ts';
import { duplicates } from '../features/duplicates/feature.ts';
import { encounters } from '../features/encounters/feature.ts';
import { exports as dataExports } from '../features/exports/feature.ts';
import { fleet } from '../features/fleet/feature.ts';
import { habits } from '../features/habits/feature.ts';
import { imports } from '../features/imports/feature.ts';
import { maintenance } from '../features/maintenance/feature.ts';
import { patients } from '../features/patients/feature.ts';
import { placements } from '../features/placements/feature.ts';
import { print } from '../features/print/feature.ts';
import { recordRoom } from '../features/record-room/feature.ts';
import { quality } from '../features/quality/feature.ts';
import { records } from '../features/records/feature.ts';
import { resources } from '../features/resources/feature.ts';
import { schedules } from '../features/schedules/feature.ts';
import { settings } from '../features/settings/feature.ts';
import { sync } from '../features/sync/feature.ts';
import { trash } from '../features/trash/feature.ts';
import { usage } from '../features/usage/feature.ts';
import { users } from '../features/users/feature.ts';
import type { Feature } from './feature.ts';

/** The rooms of the program. */
export const features: readonly Feature[] = [
  patients,
  appointments,
  encounters,
  correspondence,
  records,
  recordRoom,
  drafts,
  conflicts,
  duplicates,
  habits,
  print,
  trash,
  sync,
  audit,
  analytics,
  quality,
  imports,
  dataExports,
  users,
  fleet,
  resources,
  placements,
  schedules,
  usage,
  cloudReports,
  maintenance,
  backups,
  settings,
];

export const navigation = features.flatMap((feature) => feature.navigation ?? []).sort((a, b) => a.order - b.order);
