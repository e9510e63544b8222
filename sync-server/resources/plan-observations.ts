import { isDeepStrictEqual } from 'node:util';
import { resourceCollections, resourceSchemas, type ResourceCollection } from '../../shared/schema/resource.ts';
import type { Observation, ObservedInventory } from '../../shared/sync/resource-protocol.ts';

type Content = Record<string, unknown>;

/** A document of the inventory as the server holds it; content null: purged. */
export interface HeldResource {
  collection: ResourceCollection;
  id: string;
  rev: string;
  createdAt: string;
  deleted: boolean;
  content: Content | null;
}
export interface ResourceWrite {
  collection: ResourceCollection;
  id: string;
  held: HeldResource | undefined;
  content: Content;
  deleted: boolean;
}
export interface ObservationPlan {
  writes: ResourceWrite[];
  created: number;
  updated: number;
  unchanged: number;
  vanished: number;
  refused: number;
}

/** A document says how fresh it is; one that stays as it was is written again only to say that, once a day. */
const renewedAfter = 24 * 3600_000;

/**
 * What an inventory changes in the documents. A resource is known by provider and key; one that nobody observed before takes up
 * the document of the same name that people made. Fields that the provider does not vouch for stay as people wrote them.
 */
export function planObservations(
  held: readonly HeldResource[],
  { observations, unreachable }: ObservedInventory,
  { provider, observedAt, newIdOf }: { provider: string; observedAt: string; newIdOf(collection: ResourceCollection, key: string): string },
): ObservationPlan {
  const known = new Known(held, provider);
  const ids = new Map(observations.map((one) => [keyOf(one.collection, one.providerKey), known.find(one)?.id ?? newIdOf(one.collection, one.providerKey)]));
  const idOf = (collection: ResourceCollection, key: string) => ids.get(keyOf(collection, key)) ?? known.byKey.get(keyOf(collection, key))?.id;
  const plan: ObservationPlan = { writes: [], created: 0, updated: 0, unchanged: 0, vanished: 0, refused: 0 };
  for (const one of inOrder(observations)) {
    const document = known.find(one);
    const id = idOf(one.collection, one.providerKey) as string;
    const content = contentOf(one, document?.content ?? {}, { provider, observedAt, idOf });
    if (document?.content === null || !resourceSchemas[one.collection].safeParse(content).success) plan.refused += 1;
    else if (document !== undefined && !document.deleted && staysAsItIs(document.content, content)) plan.unchanged += 1;
    else {
      plan[document === undefined ? 'created' : 'updated'] += 1;
      plan.writes.push({ collection: one.collection, id, held: document, content, deleted: false });
    }
  }
  const gone = known.vanished(new Set(ids.keys()), new Set(unreachable.map(({ providerKey }) => providerKey)));
  plan.vanished = gone.length;
  plan.writes.push(...gone.map((document) => ({ collection: document.collection, id: document.id, held: document, ...whenGone(document, observedAt) })));
  return plan;
}

/**
 * What is left of a resource that its provider no longer shows. A task that is over asks for nothing any more, and there are always
 * new ones: it is deleted. A node takes no tasks.
 */
function whenGone({ collection, content }: HeldResource, vanishedAt: string): Pick<ResourceWrite, 'content' | 'deleted'> {
  return { content: { ...content, vanishedAt, ...(collection === 'computeNodes' && { state: 'lost' }) }, deleted: collection === 'tasks' };
}

const keyOf = (collection: string, key: string) => `${collection} ${key}`;
const inOrder = (observations: readonly Observation[]) => [...observations].sort((a, b) => resourceCollections.indexOf(a.collection) - resourceCollections.indexOf(b.collection));

class Known {
  readonly byKey = new Map<string, HeldResource>();
  readonly #byName = new Map<string, HeldResource[]>();

  constructor(held: readonly HeldResource[], provider: string) {
    for (const document of held) {
      const { collection, content, deleted } = document;
      if (content?.['provider'] === provider) this.byKey.set(keyOf(collection, String(content['providerKey'])), document);
      if (content === null || deleted || content['provider'] !== undefined) continue;
      const name = keyOf(collection, String(content['name']));
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), document]);
    }
  }

  find({ collection, providerKey, facts }: Observation): HeldResource | undefined {
    const named = this.#byName.get(keyOf(collection, String(facts['name']))) ?? [];
    // Of several documents of one name nobody can say which one is meant.
    return this.byKey.get(keyOf(collection, providerKey)) ?? (named.length === 1 ? named[0] : undefined);
  }

  /** What a host that did not answer holds, or held, is not known to be gone. */
  vanished(seen: ReadonlySet<string>, unreachable: ReadonlySet<string>): HeldResource[] {
    const silent = new Set([...this.byKey.values()].filter(({ collection, content }) => collection === 'hosts' && unreachable.has(String(content?.['providerKey']))).map(({ id }) => id));
    return [...this.byKey].flatMap(([key, document]) => {
      const { content, deleted, id } = document;
      const isSilent = silent.has(id) || silent.has(String(content?.['hostId']));
      return seen.has(key) || isSilent || deleted || content?.['vanishedAt'] !== undefined ? [] : [document];
    });
  }
}

interface Naming {
  provider: string;
  observedAt: string;
  idOf(collection: ResourceCollection, key: string): string | undefined;
}

function contentOf({ providerKey, facts, defaults, references }: Observation, held: Content, { provider, observedAt, idOf }: Naming): Content {
  const named = Object.entries(references).map(([field, reference]): [string, string | undefined] => [field, reference === null ? undefined : idOf(reference.collection, reference.providerKey)]);
  const content = { ...merged(merged(defaults, held), facts), provider, providerKey, observedAt, vanishedAt: undefined, ...Object.fromEntries(named) };
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

/** `over` on top of `base`; amounts within a field one by one. */
function merged(base: Content, over: Content): Content {
  const result = { ...base };
  for (const [field, value] of Object.entries(over)) {
    const before = result[field];
    result[field] = isGroup(before) && isGroup(value) ? merged(before, value) : value;
  }
  return result;
}
const isGroup = (value: unknown): value is Content => typeof value === 'object' && value !== null && !Array.isArray(value);

function staysAsItIs(before: Content | null, { observedAt, ...after }: Content): boolean {
  const { observedAt: last, ...rest } = before ?? {};
  return isDeepStrictEqual(rest, after) && Date.parse(String(observedAt)) - Date.parse(String(last)) < renewedAfter;
}
