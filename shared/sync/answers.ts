import { z } from 'zod';
import { attachmentHashSchema } from '../attachments/attachment.ts';
import type { MessageName } from './engine-types.ts';
import { idSchema } from '../schema/document.ts';
import { positionSchema } from './protocol.ts';

const idPattern = z.regexes.uuid();
const isId = (value: unknown): boolean => typeof value === 'string' && idPattern.test(value);
const isContent = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value);
/** By hand: a first copy has a million of them, and a schema would take a tenth of the time of the whole. */
const isFrame = (value: unknown): boolean => {
  const { collection, id, rev, baseRev, createdAt, updatedAt, updatedBy, deleted } = (value ?? {}) as Record<string, unknown>;
  const words = [collection, createdAt, updatedAt, updatedBy];
  return isId(id) && isId(rev) && (baseRev === null || isId(baseRev)) && words.every((word) => typeof word === 'string') && typeof deleted === 'boolean';
};
const isDocument = (value: unknown): boolean => isFrame(value) && isContent((value as { content?: unknown }).content);
const isPlace = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositioned = (value: unknown): boolean => isDocument(value) && isPlace((value as { position?: unknown }).position);
const isText = (value: unknown): boolean => isFrame(value) && (value as { content?: unknown }).content instanceof Uint8Array && isPlace((value as { position?: unknown }).position);
const each = (holds: (value: unknown) => boolean) => z.custom((value) => Array.isArray(value) && value.every(holds));

/**
 * The frame of what a server answers, so that anything else that answers in its place (a proxy's page, a newer server) is
 * told as such and not half applied. A document's own fields are the server's word: it has checked them.
 */
const documents = each(isDocument);
const positioned = each(isPositioned);
const attachmentRef = z.looseObject({ id: idSchema, hash: attachmentHashSchema });
const outcome = z.looseObject({ id: idSchema, outcome: z.enum(['accepted', 'rejected']) });

export const surroundingsAnswer = z.looseObject({
  names: z.looseObject({ tag: z.string(), workstations: z.array(z.looseObject({ deviceId: idSchema, name: z.string(), siteId: idSchema })) }).nullable(),
  sites: z.array(z.looseObject({ siteId: idSchema, position: positionSchema })),
  upstream: z.looseObject({ organisationName: z.string(), position: positionSchema, refused: z.array(positionSchema) }).nullable(),
});

const pulledChangeSets = z.array(z.looseObject({ id: idSchema, position: positionSchema, documents, echoes: z.array(z.unknown()), withdrawn: z.array(idSchema) }));

/** What a hint tells; a page that is none is no reason to miss the hint. */
export const hintSchema = z.looseObject({
  head: positionSchema,
  epoch: idSchema.optional(),
  page: z.looseObject({ after: positionSchema, changeSets: pulledChangeSets, position: positionSchema }).optional().catch(undefined),
});

export const answerSchemas: Readonly<Record<MessageName, z.ZodType>> = {
  hello: z.union([
    z.looseObject({ state: z.literal('cloned') }),
    z.looseObject({
      state: z.enum(['active', 'revoked']), token: z.string(), epoch: idSchema, sharedPosition: positionSchema.nullable(), head: positionSchema, siteId: idSchema,
      scopeVersion: z.int(), workstationNumber: z.int(), limits: z.looseObject({ pushBytes: z.int(), pageBytes: z.int() }),
    }),
  ]),
  reidentify: z.looseObject({ deviceId: idSchema, workstationNumber: z.int() }),
  offer: z.looseObject({ wanted: z.array(idSchema), known: z.array(outcome) }),
  push: z.looseObject({ outcomes: z.array(outcome.omit({ id: true })), head: positionSchema, asSent: z.looseObject({ after: positionSchema, position: positionSchema }).optional() }),
  snapshot: z.looseObject({ at: positionSchema, documents: each((value) => isText(value) || isPositioned(value)), cursor: z.string().nullable(), total: z.int() }),
  pull: z.looseObject({
    changeSets: pulledChangeSets,
    position: positionSchema,
    head: positionSchema,
  }),
  documents: z.looseObject({ documents: positioned, missing: z.array(z.looseObject({ collection: z.string(), id: idSchema })) }),
  digests: z.looseObject({ position: positionSchema, digests: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))) }),
  bucket: z.looseObject({ position: positionSchema, revs: z.array(z.looseObject({ id: idSchema, rev: idSchema })) }),
  attachments: z.looseObject({ states: z.array(attachmentRef.extend({ named: z.boolean(), chunks: z.int().min(0), complete: z.boolean() })), lacking: z.array(attachmentRef), cursor: z.string().nullable() }),
  'attachment-put': z.looseObject({ named: z.boolean(), chunks: z.int().min(0), complete: z.boolean() }),
  'attachment-get': z.looseObject({ bytes: z.string().nullable() }),
  report: surroundingsAnswer,
};
