import type { Reference, Resource } from '@medplum/fhirtypes';
import { idSchema } from '../../schema/document.ts';
import { derivedId } from '../../sync/derived-id.ts';
import type { ReadResource } from './read-resources.ts';

/**
 * The id of the document that a resource becomes: its own where that is a UUID, so that what was exported here is known again, and
 * otherwise one that the same resource always gets.
 */
export const documentIdOf = (type: string, id: string): string => (idSchema.safeParse(id).success ? id.toLowerCase() : derivedId('fhir', type, id));

/** How the resources of one file call one another. */
export interface ResourceNames {
  ownId(resource: Resource, fullUrl: string | undefined): string | undefined;
  /** The id of the document that a reference means; undefined where it names nothing that has an id. */
  idOf(reference: Reference | undefined): string | undefined;
  /** The type of what a reference means, by the resource of the file or by the address itself. */
  typeOf(reference: Reference): string | undefined;
  /** The resource of the file that an address means. */
  find(address: string | undefined): Resource | undefined;
}

export function resourceNames(resources: readonly ReadResource[]): ResourceNames {
  const named = new Map<string, Resource>();
  for (const { fullUrl, resource } of resources) {
    if (resource.id !== undefined) named.set(`${resource.resourceType}/${resource.id}`, resource);
    if (fullUrl !== undefined) named.set(fullUrl, resource);
  }
  return {
    ownId,
    idOf: (reference) => referredId(reference, named),
    typeOf: ({ reference: address }) => findIn(named, address)?.resourceType ?? typeAndId(address ?? '')?.[0],
    find: (address) => findIn(named, address),
  };
}

function findIn(named: ReadonlyMap<string, Resource>, address = ''): Resource | undefined {
  const [type, id] = typeAndId(address) ?? [];
  return named.get(address) ?? named.get(`${type ?? ''}/${id ?? ''}`);
}

function ownId(resource: Resource, fullUrl: string | undefined): string | undefined {
  const id = resource.id ?? uuidOf(fullUrl);
  return id === undefined ? undefined : documentIdOf(resource.resourceType, id);
}

const uuidOf = (url: string | undefined) => /^urn:uuid:(.+)$/.exec(url ?? '')?.[1];

/** `Patient/x`, `https://elsewhere/fhir/Patient/x`, or what a bundle calls it; a search (`Patient?identifier=…`) names nobody. */
function referredId(reference: Reference | undefined, named: ReadonlyMap<string, Resource>): string | undefined {
  const text = reference?.reference;
  if (text === undefined) return undefined;
  const inBundle = named.get(text);
  if (inBundle !== undefined) return ownId(inBundle, text);
  const [type, id] = typeAndId(text) ?? [];
  return type === undefined || id === undefined ? undefined : documentIdOf(type, id);
}

function typeAndId(address: string): [type: string, id: string] | undefined {
  const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(address) ?? [];
  return type === undefined || id === undefined ? undefined : [type, id];
}
