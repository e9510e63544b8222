import type { Finding } from '../resources/finding.ts';
import { z } from 'zod';
import type { PlacementAnswer } from '../resources/placement/answer.ts';
import type { LeftOut, Move } from '../resources/move.ts';
import type { Explanation, HostVerdict } from '../resources/placement/explain.ts';
import type { MoveObstacle } from '../resources/provider-move.ts';
import { placementOptionsSchema, type PlacementOptions } from '../resources/placement/options.ts';
import { idSchema } from '../schema/document.ts';
import { modelNames } from '../scheduling/models.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';
import { askedOfModels, type ModelCourse } from './solver-run.ts';

/** Changes to the cloud as it is known that are tried and not made. Applied in this order. */
export const whatIfSchema = z.strictObject({
  drain: z.array(idSchema).max(1000).default([]),
  lose: z.array(idSchema).max(1000).default([]),
  /** So many more hosts like one that is there. */
  add: z.array(z.strictObject({ like: idSchema, count: z.int().min(1).max(1000) })).max(20).default([]),
  /** Every machine's demand grows by so many per cent. */
  growthPercent: z.number().min(-90).max(1000).default(0),
});
export type WhatIf = z.infer<typeof whatIfSchema>;

/** One model's part of a run, without the placement, which `placements.machines` answers. */
export type ModelRun = ModelCourse<Omit<PlacementAnswer, 'placement' | 'partial'> & { placed: number }>;

export interface PlacementRun {
  jobId: string;
  startedAt: string;
  options: PlacementOptions;
  whatIf: WhatIf;
  secondsPerModel: number;
  seed: number;
  models: ModelRun[];
  /** Machines and hosts of the cloud that was solved. */
  machines: number;
  hosts: number;
  /** Resources were changed since: a plan may no longer fit. */
  outdated: boolean;
}

/** Where a machine is and where a model puts it; `hostId` absent: nowhere. Added hosts of a what-if have names of their own. */
export interface MachinePlace {
  virtualMachineId: string;
  name: string;
  from?: { hostId: string; name: string };
  to?: { hostId: string; name: string };
}

export interface PlannedMove extends Move {
  name: string;
  fromName?: string;
  toName: string;
}

/** Machines that no provider can move for the same cause: the first of them by name, and the first hosts, providers or groups that it is about. */
export interface WithoutProvider {
  cause: MoveObstacle['code'];
  machines: { names: string[]; of: number };
  subjects: { names: string[]; of: number };
}

/** How the cloud gets from where it is to a model's placement, one move after the other. */
export interface PlacementPlan extends Page<PlannedMove> {
  leftOut: (LeftOut & { name: string })[];
  /** Machines that the placement has no place for and that are on a host, the first of them by name: no plan stops a machine, so they stay and keep their room. */
  unplaced: { names: string[]; of: number };
  /** Rules and demands that contradict each other, for which machines have no place whatever they are worth: the first of them. */
  clashes: { findings: Finding[]; of: number };
  /** MiB to be copied, and how long that takes. */
  memory: number;
  seconds: number;
  /** What the server would make of it: so many moves, in an order of their own. The others are of machines that no provider can move there, the commonest cause first. */
  byServer: { moves: number; without: { of: number; causes: WithoutProvider[] } };
  /** Some hosts are only supposed, or demands grown: it can be looked at and not be carried out. */
  supposed: boolean;
}

/** `name` is that of the machine or host. */
export type NamedExplanation = Omit<Explanation, 'hosts'> & { name: string; hosts: (HostVerdict & { name: string })[] };

export const restraint = { threshold: z.number().min(0).max(1).default(0), coolDown: z.int().min(0).max(30 * 86_400).default(0) };
/** Providers that can move machines at present, and the keys of their hosts that do not answer; without it all that the inventory names are taken to be ready. */
const movers = z.array(z.strictObject({ provider: z.string().min(1).max(40), silentHosts: z.array(z.string().min(1).max(300)).max(10_000) })).max(100);
export const ofModel = { jobId: idSchema, model: z.enum(modelNames) };

export const ofPlan = { ...ofModel, ...restraint, movers: movers.optional() };

export const placementCalls = {
  /** Solves with each model in turn, in a worker; progress by `placements.run` and job events. Fails with `job-running` beside another. */
  'placements.solve': call(
    'resource.read',
    z.strictObject({
      options: placementOptionsSchema,
      ...askedOfModels,
      whatIf: whatIfSchema.prefault({}),
    }),
  )<Job>(),
  /** The latest runs of this workstation, newest first; kept until it is closed. */
  'placements.runs': call('resource.read', nothing)<PlacementRun[]>(),
  'placements.run': call('resource.read', z.strictObject({ jobId: idSchema }))<PlacementRun>(),
  'placements.machines': call('resource.read', z.strictObject({ ...ofModel, onlyMoved: z.boolean(), search: z.string().max(200).optional(), ...pageSchema }))<Page<MachinePlace>>(),
  /** Gains under `threshold` (a share of the present value) and machines that moved less than `coolDown` seconds ago are left alone. */
  'placements.plan': call('resource.read', z.strictObject({ ...ofPlan, ...pageSchema }))<PlacementPlan>(),
  /** "Why here" and "why not placed": what spoke against each host. */
  'placements.explain': call('resource.read', z.strictObject({ ...ofModel, virtualMachineId: idSchema }))<NamedExplanation>(),
  /** The plan as JSON with all that it was made from, as a script for virsh, or as libvirt's XML of the machines that move; fetched by `exports.read`. `without-provider`: only what is left once the server has made its moves, in an order that holds after them. */
  'placements.export': call('resource.read', z.strictObject({ ...ofPlan, format: z.enum(['json', 'virsh', 'libvirt-xml']), part: z.enum(['whole', 'without-provider']).default('whole') }))<Job>(),
  /** Notes the moves of a plan as made, for a cloud that no provider reaches. Fails with `plan-outdated` or `plan-supposed`. */
  'placements.record': call('resource.manage', z.strictObject(ofPlan))<{ moves: number }>(),
};
