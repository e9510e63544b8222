import { z } from 'zod';
import { idSchema, optionalText, requiredText, type Stored } from './document.ts';
import { amountSchema, observedFields, resourceAmountsSchema } from './resource-amounts.ts';

export const virtualMachineStates = ['running', 'stopped', 'planned'] as const;

const group = optionalText(100);
const instances = z.int({ error: 'invalid-number' }).min(0, { error: 'out-of-range' }).max(100_000, { error: 'out-of-range' });

/** A virtual machine, what it asks for, and the rules of where it may run. */
export const virtualMachineContentSchema = z.object({
  name: requiredText(200),
  state: z.enum(virtualMachineStates, { error: 'required' }),
  /** Where it is; absent while it is placed nowhere. */
  hostId: idSchema.optional(),
  /** Promised to it: virtual processors, memory, disk, network. */
  demand: resourceAmountsSchema,
  /** What it is worth where not all can be placed, and who goes first. */
  profit: amountSchema.optional(),
  priority: z.int({ error: 'invalid-number' }).min(0, { error: 'out-of-range' }).max(9, { error: 'out-of-range' }).optional(),
  /** Machines of one affinity group share a host; of one anti-affinity group no two share a host; of one spread group no two share a failure domain. */
  affinityGroup: group,
  antiAffinityGroup: group,
  spreadGroup: group,
  /** Pins: only these hosts. */
  allowedHostIds: z.array(idSchema).max(1000, { error: 'too-long' }).optional(),
  /** Operating systems (containers count) and applications that it runs, for the totals S and A. */
  operatingSystems: instances.optional(),
  applications: instances.optional(),
  ...observedFields,
});
export type VirtualMachineContent = z.infer<typeof virtualMachineContentSchema>;
export type VirtualMachine = Stored<VirtualMachineContent>;
