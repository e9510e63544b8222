import type { Finding } from './findings.ts';

/** A finding of which only what it has to say is given. */
export function finding(what: Pick<Finding, 'code' | 'severity' | 'subject'> & Partial<Finding>): Finding {
  return { virtualMachineIds: [], hostIds: [], rule: null, dimension: null, asked: 0, available: 0, ...what };
}
