import { z } from 'zod';
import type { FieldIssue } from '../errors.ts';
import type { CloudAllocation, HostAllocation } from '../resources/allocation.ts';
import type { Bottleneck, Relief } from '../resources/bottleneck.ts';
import type { Finding } from '../resources/finding.ts';
import { totalKinds, type Total, type TotalTerm } from '../resources/totals.ts';
import type { HostState } from '../schema/host.ts';
import type { ResourceAmounts } from '../schema/resource-amounts.ts';
import { idSchema } from '../schema/document.ts';
import { resourceCollections, type ResourceCollection, type ResourceDocuments } from '../schema/resource.ts';
import { call } from './call.ts';
import { encodings } from './exchange.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';

const collection = z.enum(resourceCollections);
export type ResourceDocument = ResourceDocuments[ResourceCollection];

/** What a file of resources would change, or has changed. Bad rows are left out and listed. */
export interface ResourceImportReport {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  bad: number;
  /** The first thousand of the bad ones; `row` counts from 1 within its collection. */
  problems: { collection: ResourceCollection; row: number; issues: FieldIssue[] }[];
  /** Columns and fields of the file that mean nothing here. */
  ignored: string[];
}

/** A host and what is given away of it, each list in the order of `resourceDimensions`: a thousand hosts with every figure by name are half a megabyte. */
export interface OverviewHost extends Pick<HostAllocation, 'usable'>, Record<'physical' | 'promised' | 'allocated' | 'stranded', number[]> {
  id: string;
  name: string;
  state: HostState;
  failureDomain?: string;
  /** How many are on it. */
  machines: number;
}

/** The cloud at one glance, as last known here. Machines and terms, of which there may be tens of thousands, are asked for by page. */
export interface ResourceOverview {
  counts: Record<ResourceCollection, number>;
  hosts: OverviewHost[];
  allocation: Omit<CloudAllocation, 'hosts' | 'unplaced'> & { unplaced: { machines: number; demand: ResourceAmounts } };
  totals: Omit<Total, 'terms'>[];
  /** `hosts`: how many of them get more. */
  bottleneck: Omit<Bottleneck, 'relief'> & { relief: (Omit<Relief, 'byHost'> & { hosts: number })[] };
  /** The first two hundred; `findingCount` counts all. */
  findings: (Finding & { subjectName: string })[];
  findingCount: number;
  /** When a provider last saw the resource that was seen longest ago and last; absent where nothing came from a provider. */
  observed?: { from: string; to: string };
  /** The last change of any resource. */
  changedAt?: string;
}

/** A machine as the packing view draws it. */
export interface PackedMachine {
  id: string;
  name: string;
  demand: ResourceAmounts;
}

const importPlan = z.strictObject({
  importId: idSchema,
  format: z.enum(['csv', 'json']),
  /** What the rows of a CSV file are. A JSON file says so itself: a list for each collection. */
  collection: collection.optional(),
  encoding: z.enum(encodings).optional(),
});

export const resourceCalls = {
  'resources.overview': call('resource.read', nothing)<ResourceOverview>(),
  /** The machines of some hosts, greatest first, host by host in the order asked for. */
  'resources.packing': call('resource.read', z.strictObject({ hostIds: z.array(idSchema).max(200) }))<PackedMachine[][]>(),
  'resources.totalTerms': call('resource.read', z.strictObject({ kind: z.enum(totalKinds), ...pageSchema }))<Page<TotalTerm & { name: string }>>(),
  'resources.list': call('resource.read', z.strictObject({ collection, search: z.string().max(200).optional(), hostId: idSchema.optional(), ...pageSchema }))<Page<ResourceDocument>>(),
  'resources.get': call('resource.read', z.strictObject({ collection, id: idSchema }))<ResourceDocument>(),
  /** Without `id` a new one; otherwise over `rev`. Fails with `invalid-input`, `not-found` or `stale-revision`. */
  'resources.save': call(
    'resource.manage',
    z.strictObject({ collection, id: idSchema.optional(), rev: idSchema.optional(), content: z.record(z.string(), z.unknown()) }),
  )<ResourceDocument>(),
  'resources.delete': call('resource.manage', z.strictObject({ collection, id: idSchema, rev: idSchema }))<null>(),
  /** Out of the trash; whoever may not manage resources finds none there. Fails with `not-found` or `stale-revision`. */
  'resources.restore': call('resource.manage', z.strictObject({ collection, id: idSchema, rev: idSchema }))<ResourceDocument>(),
  /** The file's bytes came by `imports.begin` and `imports.append`. A resource is known by its name: known ones are updated. */
  'resources.checkImport': call('resource.manage', importPlan)<ResourceImportReport>(),
  'resources.import': call('resource.manage', importPlan)<Job>(),
  /** A text that `resources.import` reads back, fetched by `exports.read`. CSV holds one collection, JSON all. */
  'resources.export': call('resource.read', z.strictObject({ format: z.enum(['csv', 'json']), collection: collection.optional() }))<Job>(),
};
