import type { Resource } from '@medplum/fhirtypes';
import { fail } from '../../errors.ts';

export interface ReadResource {
  /** Line in an NDJSON file, or entry in a bundle; from 1. */
  place: number;
  /** What the bundle calls it, such as `urn:uuid:…`; resources in it refer to it so. */
  fullUrl?: string;
  resource: Resource;
}
/** A line that is no resource. */
export interface Unreadable {
  place: number;
}
export interface ReadFile {
  resources: ReadResource[];
  unreadable: Unreadable[];
}

const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && typeof (value as { resourceType?: unknown }).resourceType === 'string';

/**
 * The resources of a Bundle, of one resource, or of NDJSON (one resource a line, as bulk exports write it).
 *
 * Fails with `file-empty`, or `file-not-fhir` where not a single resource is in it.
 */
export function readResources(text: string): ReadFile {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return fail({ code: 'file-empty' });
  const whole = parsed(trimmed);
  const read = isResource(whole) ? ofOne(whole) : ofLines(trimmed);
  return read.resources.length === 0 ? fail({ code: 'file-not-fhir' }) : read;
}

function ofOne(resource: Resource): ReadFile {
  if (resource.resourceType !== 'Bundle') return { resources: [{ place: 1, resource }], unreadable: [] };
  const entries: unknown[] = Array.isArray(resource.entry) ? resource.entry : [];
  const file: ReadFile = { resources: [], unreadable: [] };
  entries.forEach((entry, index) => {
    const { resource: inner, fullUrl } = (entry ?? {}) as { resource?: unknown; fullUrl?: unknown };
    if (isResource(inner)) file.resources.push({ place: index + 1, resource: inner, ...(typeof fullUrl === 'string' && { fullUrl }) });
    else file.unreadable.push({ place: index + 1 });
  });
  return file;
}

function ofLines(text: string): ReadFile {
  const file: ReadFile = { resources: [], unreadable: [] };
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const resource = parsed(line);
    if (isResource(resource)) file.resources.push({ place: index + 1, resource });
    else file.unreadable.push({ place: index + 1 });
  });
  return file;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
