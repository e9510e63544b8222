import type { z } from 'zod';
import { readApart } from '../../shared/sync/apart.ts';
import {
  attachmentGetSchema, attachmentPutSchema, attachmentsSchema, type AttachmentGetAnswer, type AttachmentPutAnswer, type AttachmentsAnswer,
} from '../../shared/sync/attachments.ts';
import {
  bucketSchema, digestsSchema, documentsSchema, enrolSchema, helloSchema, numbersSchema, offerSchema, pullSchema, pushSchema, reidentifySchema, reportSchema, snapshotSchema, surroundingsSchema,
  type BucketAnswer, type DigestsAnswer, type DocumentsAnswer, type Enrolment, type HelloAnswer, type NumbersAnswer, type OfferAnswer, type PullAnswer, type PushAnswer,
  type SnapshotAnswer, type Surroundings,
} from '../../shared/sync/protocol.ts';

/** What each message answers; all travel as `POST /sync/v1/<name>`. */
export interface SyncAnswers {
  enrol: Enrolment;
  hello: HelloAnswer;
  reidentify: { deviceId: string; workstationNumber: number };
  offer: OfferAnswer;
  push: PushAnswer;
  pull: PullAnswer;
  snapshot: SnapshotAnswer;
  digests: DigestsAnswer;
  bucket: BucketAnswer;
  documents: DocumentsAnswer;
  attachments: AttachmentsAnswer;
  'attachment-put': AttachmentPutAnswer;
  'attachment-get': AttachmentGetAnswer;
  report: Surroundings;
  surroundings: Surroundings;
  numbers: NumbersAnswer;
}
export type SyncMessageName = keyof SyncAnswers;

export const messageSchemas = {
  enrol: enrolSchema,
  hello: helloSchema,
  reidentify: reidentifySchema,
  offer: offerSchema,
  push: pushSchema,
  pull: pullSchema,
  snapshot: snapshotSchema,
  digests: digestsSchema,
  bucket: bucketSchema,
  documents: documentsSchema,
  attachments: attachmentsSchema,
  'attachment-put': attachmentPutSchema,
  'attachment-get': attachmentGetSchema,
  report: reportSchema,
  surroundings: surroundingsSchema,
  numbers: numbersSchema,
} as const satisfies Record<SyncMessageName, z.ZodType>;
export type SyncRequest<Name extends SyncMessageName> = z.infer<(typeof messageSchemas)[Name]>;

/** Answers one message that came over the wire, parsed from JSON and not yet trusted. */
export type Handle = <Name extends SyncMessageName>(name: Name, token: string | null, body: unknown) => Promise<SyncAnswers[Name]>;

/** JSON text of an answer: documents go from the database to the wire without being read in between. */
export type Json<Message> = string & { readonly answer?: Message };
export const json = <Message>(answer: Message): Json<Message> => JSON.stringify(answer);

/** An answer as it travels: JSON, or a page whose contents come apart. */
export type Answer<Message> = Json<Message> | Uint8Array;
export const readAnswer = (answer: Answer<unknown>): unknown => (typeof answer === 'string' ? (JSON.parse(answer) as unknown) : readApart(answer));
