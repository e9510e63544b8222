import type { Bundle } from '@medplum/fhirtypes';
import { documentIdOf } from '../../shared/exchange/fhir/resource-names.ts';
import { idSchema } from '../../shared/schema/document.ts';
import type { ServiceContext } from '../service/context.ts';
import { matches, parameterOf, type SearchParameter } from './parameters.ts';
import { scan, type Asker, type Place } from './read.ts';
import type { FaceType } from './types.ts';

/** Why a search is not answered; a text for whoever wrote the client. */
export class SearchRefused extends Error {
  override name = 'SearchRefused';
}

const countAtMost = 500;
const usualCount = 50;

interface Condition {
  parameter: SearchParameter;
  value: string;
}

/**
 * Answers a search with a page of matches and the address of the next. Fails with {@link SearchRefused} for a parameter that is not
 * answered: to leave it out would tell more than was asked for.
 */
export async function search(context: ServiceContext, asker: Asker, type: FaceType, asked: URLSearchParams, from: 'address' | 'body'): Promise<Bundle> {
  const { conditions, count, after } = read(type, asked, from);
  const patient = conditions.find(({ parameter }) => parameter.name === 'patient' || parameter.name === 'subject')?.value.replace(/^.*\//, '');
  const patientId = patient !== undefined && idSchema.safeParse(patient).success ? patient.toLowerCase() : undefined;
  const isWanted = (resource: Parameters<typeof matches>[0]) => conditions.every(({ parameter, value }) => (parameter.ofCompartment ? patientId !== undefined : matches(resource, parameter, value)));
  const { resources, next } = await scan(context, asker, { type, patientId, after, count, isWanted });
  return {
    resourceType: 'Bundle', type: 'searchset',
    ...(next !== null && { link: [{ relation: 'next', url: nextAddress(type, asked, from, `${next.collection}.${next.bucket}.${next.id}`) }] }),
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${documentIdOf(type, String(resource.id))}`, resource, search: { mode: 'match' as const } })),
  };
}

/** What was asked in a body stays out of the address of the next page, too: the same body is sent there again. */
function nextAddress(type: FaceType, asked: URLSearchParams, from: 'address' | 'body', place: string): string {
  const next = new URLSearchParams(from === 'address' ? asked : []);
  next.set('_after', place);
  return `${type}${from === 'address' ? '' : '/_search'}?${next.toString()}`;
}

function read(type: FaceType, asked: URLSearchParams, from: 'address' | 'body') {
  const conditions: Condition[] = [];
  let [count, after]: [number, Place] = [usualCount, { collection: 0, bucket: -1, id: '' }];
  for (const [name, value] of asked) {
    if (name === '_count') count = countOf(value);
    else if (name === '_after') after = placeOf(value);
    else if (name !== '_format') conditions.push({ parameter: answered(type, name, from), value });
  }
  return { conditions, count, after };
}

function answered(type: FaceType, name: string, from: 'address' | 'body'): SearchParameter {
  const parameter = parameterOf(type, name);
  if (parameter === undefined) throw new SearchRefused(`The search parameter ${name.slice(0, 40)} of ${type} is not answered`);
  if (parameter.identifying === true && from === 'address') throw new SearchRefused(`Ask for ${name} by POST ${type}/_search: an address is kept in logs`);
  return parameter;
}

const countOf = (text: string): number => (/^\d{1,4}$/.test(text) ? Math.min(countAtMost, Math.max(1, Number(text))) : refused('_count'));

function placeOf(text: string): Place {
  const [, collection, bucket, id] = /^(\d)\.(-1|\d{1,9})\.([0-9a-f-]{36}|)$/.exec(text) ?? [];
  return collection === undefined || bucket === undefined || id === undefined ? refused('_after') : { collection: Number(collection), bucket: Number(bucket), id };
}

const refused = (name: string): never => {
  throw new SearchRefused(`${name} is not well written`);
};
