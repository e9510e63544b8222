import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { failed } from '../provider.ts';

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, isArray: (name) => name === 'disk' });

/** A measure as libvirt writes it: a number, with its unit as an attribute where there is one. */
const measureSchema = z.union([z.string(), z.looseObject({ '#text': z.string(), '@unit': z.string().optional(), '@current': z.string().optional() })]).transform((value) =>
  typeof value === 'string' ? { number: Number(value), unit: undefined, current: undefined } : { number: Number(value['#text']), unit: value['@unit'], current: value['@current'] },
);
const whole = z.number().int().min(0);

const bytesOf: Record<string, number> = { b: 1, bytes: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
const bytes = (fallbackUnit: string) =>
  measureSchema.transform(({ number, unit }) => number * (bytesOf[unit ?? fallbackUnit] ?? Number.NaN)).pipe(z.number().min(0).max(2 ** 60));

const domainSchema = z.object({
  domain: z.looseObject({
    name: z.string().min(1).max(200),
    uuid: z.guid(),
    memory: bytes('KiB'),
    currentMemory: bytes('KiB').optional(),
    vcpu: measureSchema.transform(({ number, current }) => (current === undefined ? number : Number(current))).pipe(whole.min(1).max(100_000)),
  }),
});

export interface Domain {
  name: string;
  uuid: string;
  /** MiB. */
  memory: number;
  processors: number;
}

const poolSchema = z.object({
  pool: z.looseObject({ '@type': z.string().max(40), name: z.string().min(1).max(100), uuid: z.guid(), capacity: bytes('bytes'), allocation: bytes('bytes') }),
});

export interface Pool {
  type: string;
  name: string;
  uuid: string;
  /** Bytes. */
  capacity: number;
  allocation: number;
}

export function readDomain(text: string): Domain {
  const { domain } = read(domainSchema, text);
  return { name: domain.name, uuid: domain.uuid, memory: Math.ceil((domain.currentMemory ?? domain.memory) / 2 ** 20), processors: domain.vcpu };
}

export function readPool(text: string): Pool {
  const { '@type': type, name, uuid, capacity, allocation } = read(poolSchema, text).pool;
  return { type, name, uuid, capacity, allocation };
}

function read<Shape>(schema: z.ZodType<Shape>, text: string): Shape {
  // libvirt writes none; one that is there could define entities that grow without end.
  if (/<!doctype/i.test(text)) return failed('unreadable');
  const parsed = schema.safeParse(parsedXml(text));
  return parsed.success ? parsed.data : failed('unreadable');
}

function parsedXml(text: string): unknown {
  try {
    return parser.parse(text, true);
  } catch {
    return undefined;
  }
}

const nodeSchema = z.object({ 'CPU(s)': z.string().regex(/^\d+$/).transform(Number).pipe(whole.min(1)), 'Memory size': z.string().regex(/^\d+ KiB$/).transform((text) => Number.parseInt(text, 10)) });

/** What `nodeinfo` says: processors, and MiB of memory. */
export function readNode(text: string): { processors: number; memory: number } {
  const parsed = nodeSchema.safeParse(Object.fromEntries(fieldsOf(text)));
  return parsed.success ? { processors: parsed.data['CPU(s)'], memory: Math.floor(parsed.data['Memory size'] / 1024) } : failed('unreadable');
}

export const fieldsOf = (text: string): [string, string][] =>
  text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as [string, string]];
  });

/** What a list with `--uuid` says. */
export function readIds(text: string): string[] {
  const parsed = z.array(z.guid()).max(100_000).safeParse(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''));
  return parsed.success ? parsed.data : failed('unreadable');
}

/** The capacities that `domblkinfo --all` shows, summed up: bytes. `-` stands for an empty drive. */
export function readDiskBytes(text: string): number {
  const rows = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return rows.reduce((sum, row) => {
    const columns = row.split(/\s+/);
    const capacity = columns.at(-3) ?? '';
    if (columns.length < 4 || !/^(\d+|-)$/.test(capacity)) return failed('unreadable');
    return sum + (capacity === '-' ? 0 : Number(capacity));
  }, 0);
}
