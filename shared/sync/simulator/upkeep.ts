import type { Content } from '../content.ts';
import type { Change } from './deed.ts';
import type { Choose, Desk } from './desk.ts';
import type { Held } from './stores.ts';

const isLive = ({ deleted }: Held): boolean => !deleted;
const none = { cpu: 0, memory: 0, disk: 0, bandwidth: 0 };
export const emptyFigures = {
  counts: { hosts: 0, virtualMachines: 0, storagePools: 0, databases: 0, computeNodes: 0, tasks: 0 },
  totals: [], allocation: [], pools: { rows: [], of: 0 }, over: { rows: [], of: 0 }, under: { rows: [], of: 0 }, unplaced: 0, findings: { rows: [], of: 0 },
  bottleneck: { dimension: null, asked: none, fitting: 0, relief: [] },
  placement: { objective: 'hosts', model: 'greedy', status: 'optimal', present: null, broken: 0, value: null, bound: null, gap: null, reason: null },
  moves: { rows: [], of: 0 }, trend: { samples: [], lines: [] },
};

/** What there is besides patients and their charts, as the schemas want it; every text is a word that is written once. */
const newContents: Readonly<Record<string, (desk: Desk) => Content>> = {
  sites: ({ newWord }) => ({ organisationName: 'Clinics', name: newWord(), departments: ['General'] }),
  encounters: ({ newWord, at }) => ({ kind: 'outpatient', status: 'arrived', priority: 'routine', reason: newWord(), arrivedAt: at }),
  favourites: ({ newId }) => ({ userId: newId() }),
  textTemplates: ({ newWord }) => ({ kind: 'snippet', title: newWord(), text: newWord() }),
  codeTables: ({ newId, newWord }) => ({ system: 'urn:codes', name: newWord(), edition: newId(), parts: 1, part: 0, entries: [['A00', newWord()]] }),
  hosts: ({ newWord }) => ({ name: newWord(), state: 'available', capacity: none, overcommit: { cpu: 1, memory: 1 } }),
  virtualMachines: ({ newWord }) => ({ name: newWord(), state: 'planned', demand: none }),
  storagePools: ({ newWord }) => ({ name: newWord(), kind: 'directory', state: 'available', capacity: 10, used: 1, replicas: 1 }),
  databases: ({ newWord }) => ({ name: newWord(), engine: 'MySQL', state: 'available', size: 1, copies: 1 }),
  computeNodes: ({ newWord }) => ({ name: newWord(), state: 'available', processors: 1, speed: 1 }),
  tasks: ({ newWord }) => ({ name: newWord(), state: 'waiting', work: 1 }),
  cloudReports: ({ newWord, at }) => ({ period: 'moment', day: '2026-01-01', from: at, to: at, inputsDigest: '0'.repeat(64), seed: 1, version: newWord(), figures: emptyFigures }),
};
const ofPatients: ReadonlySet<string> = new Set(['encounters', 'favourites']);
/** What was made of a period stands as it was made, and a favourite is taken or given up. */
const edits: Readonly<Record<string, readonly string[]>> = {
  sites: ['name', 'departments'], encounters: ['reason', 'room', 'calledAt'], textTemplates: ['title', 'text'], codeTables: ['name'], hosts: ['name', 'capacity'],
  virtualMachines: ['name', 'demand', 'allowedHostIds'], storagePools: ['name', 'used'], databases: ['name', 'size'], computeNodes: ['name', 'observedAt'], tasks: ['name', 'times'],
};
export const keptUpCollections: readonly string[] = Object.keys(newContents);

function valueOf({ random, newWord, newId, at }: Desk, field: string, before: unknown): unknown {
  switch (field) {
    case 'departments':
      return [...(before as string[]).slice(random.below(2)), newWord()];
    case 'allowedHostIds':
      return [...((before as string[] | undefined) ?? []).slice(random.below(2)), newId()];
    case 'capacity':
    case 'demand':
      return { ...(before as Content), [random.of(['cpu', 'memory', 'disk'])]: 1 + random.below(1000) };
    case 'times':
      return { ...(before as Content | undefined), [newId()]: 1 + random.below(1000) };
    case 'used':
    case 'size':
      return 1 + random.below(1000);
    case 'calledAt':
    case 'observedAt':
      return at;
    case 'text':
      return `${String(before)}\n${newWord()}`;
    default:
      return newWord();
  }
}

/** What people do with visits, ready texts, tables, sites and the cloud: they put it down, change it, throw it away and bring it back. */
export function keepUp(choose: Choose): (desk: Desk) => Change[] {
  const add = (desk: Desk, collection: string): Change[] => {
    const patient = ofPatients.has(collection) ? choose(desk, 'patients', isLive) : undefined;
    if (ofPatients.has(collection) && patient === undefined) return [];
    return [{ collection, id: desk.newId(), content: { ...newContents[collection]?.(desk), ...(patient && { patientId: patient.id }) } }];
  };
  const change = (desk: Desk, collection: string): Change[] => {
    const [document, fields] = [choose(desk, collection, isLive), edits[collection]];
    if (document === undefined || fields === undefined) return [];
    const field = desk.random.of(fields);
    return [{ collection, id: document.id, content: { ...document.content, [field]: valueOf(desk, field, document.content[field]) } }];
  };
  const throwAway = (desk: Desk, collection: string): Change[] => {
    const document = choose(desk, collection);
    return document === undefined ? [] : [{ collection, id: document.id, content: document.content, deleted: !document.deleted }];
  };
  const actions = [add, add, change, change, change, change, throwAway];
  return (desk) => desk.random.of(actions)(desk, desk.random.of(desk.random.chance(50) ? favoured(desk) : keptUpCollections));
}

/** Few, so that several people meet in one: two of a history each. */
const favoured = ({ liked }: Desk): readonly string[] => [0, 1].map((next) => keptUpCollections[(Math.floor(liked / 8) + next) % keptUpCollections.length] as string);
