import type { z } from 'zod';
import type { CollectionName } from '../schema/collections.ts';
import { analyticsCalls, clinicalReportCalls } from './analytics.ts';
import { appCalls } from './app.ts';
import { appointmentCalls } from './appointments.ts';
import { auditCalls } from './audit.ts';
import { backupCalls } from './backups.ts';
import type { CallDefinition } from './call.ts';
import { chartCalls } from './chart.ts';
import { cloudReportCalls } from './cloud-reports.ts';
import { communicationCalls } from './communications.ts';
import { documentReferenceCalls } from './document-references.ts';
import { draftCalls } from './drafts.ts';
import { encounterCalls } from './encounters.ts';
import { exchangeCalls } from './exchange.ts';
import { fhirCalls } from './fhir.ts';
import { habitCalls } from './habits.ts';
import { jobCalls, type Job } from './job.ts';
import { maintenanceCalls } from './maintenance.ts';
import { patientCalls } from './patients.ts';
import { placementCalls } from './placements.ts';
import { printCalls } from './prints.ts';
import { providerCalls } from './providers.ts';
import { recordRoomCalls } from './record-room.ts';
import { qualityCalls } from './quality.ts';
import { recordCalls } from './records.ts';
import { referralCalls } from './referrals.ts';
import { resourceCalls } from './resources.ts';
import { scheduleCalls } from './schedules.ts';
import { syncCalls } from './sync.ts';
import { userCalls } from './users.ts';

/** The whole boundary between renderer and backend, in one map; both sides import it. */
export const contract = {
  ...analyticsCalls,
  ...appCalls,
  ...appointmentCalls,
  ...auditCalls,
  ...backupCalls,
  ...chartCalls,
  ...clinicalReportCalls,
  ...cloudReportCalls,
  ...communicationCalls,
  ...documentReferenceCalls,
  ...draftCalls,
  ...encounterCalls,
  ...exchangeCalls,
  ...fhirCalls,
  ...habitCalls,
  ...jobCalls,
  ...maintenanceCalls,
  ...patientCalls,
  ...placementCalls,
  ...printCalls,
  ...providerCalls,
  ...recordRoomCalls,
  ...qualityCalls,
  ...recordCalls,
  ...referralCalls,
  ...resourceCalls,
  ...scheduleCalls,
  ...syncCalls,
  ...userCalls,
};
export type Contract = typeof contract;
export type CallName = keyof Contract;

/** What a caller passes (before parsing: defaults and transforms still open). */
export type CallInput<Name extends CallName> = z.input<Contract[Name]['input']>;
/** What a service receives (parsed). */
export type CallParsed<Name extends CallName> = z.output<Contract[Name]['input']>;
export type CallOutput<Name extends CallName> =
  Contract[Name] extends CallDefinition<z.ZodType, infer Output> ? Output : never;

export const isCallName = (name: string): name is CallName => Object.hasOwn(contract, name);

/** What the backend tells every open window without being asked. No event carries patient data. */
export type BackendEvent =
  | { type: 'changed'; collections: CollectionName[] }
  | { type: 'job'; job: Job }
  | { type: 'status' }
  /** What `sync.state` answers has changed. */
  | { type: 'sync' };
