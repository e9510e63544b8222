import type { ResourceDimension } from '../schema/resource-amounts.ts';
import type { Inventory, Rule } from './inventory.ts';

/**
 * - `impossible`: no placement at all can meet it until the documents are changed.
 * - `broken`: as things are, a rule or a capacity is not kept.
 */
export type Severity = 'impossible' | 'broken';

export const findingCodes = [
  'unknown-host',
  'unknown-machine',
  'unknown-node',
  'unknown-pin',
  'host-down',
  'host-overfilled',
  'pool-overfilled',
  'pin-broken',
  'affinity-broken',
  'anti-affinity-broken',
  'spread-broken',
  'affinity-against-anti-affinity',
  'affinity-against-spread',
  'affinity-against-pins',
  'pinned-nowhere',
  'machine-too-large',
  'affinity-group-too-large',
  'anti-affinity-group-too-large',
  'spread-group-too-large',
  'no-host-available',
  'total-too-large',
  'reserve-too-small',
  'reserve-pinned',
  'proved-by-search',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** One thing that is inconsistent in an inventory, or that makes a placement impossible (the last five are said of placements only); its text is `resources.finding.<code>`. Lists of ids are empty where nothing is to be named. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** The document that has to be changed, or the first of several; null where it is the cloud as a whole. */
  subject: { collection: keyof Inventory; id: string } | null;
  virtualMachineIds: string[];
  hostIds: string[];
  rule: Rule | null;
  dimension: ResourceDimension | null;
  /** What is asked for and what there is, in the dimension's unit or, of groups, machines and places; 0 where nothing is counted. */
  asked: number;
  available: number;
}

/** A finding of which only what it has to say is given. */
export function finding(what: Pick<Finding, 'code' | 'severity' | 'subject'> & Partial<Finding>): Finding {
  return { virtualMachineIds: [], hostIds: [], rule: null, dimension: null, asked: 0, available: 0, ...what };
}
