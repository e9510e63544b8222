import { readAliases, type Aliases } from './aliases.ts';
import { attachments, getAttachment, putAttachment } from './attachments.ts';
import type { ServiceContext } from './context.ts';
import { answerBucket, answerDigests } from './digests.ts';
import { answerDocuments } from './documents.ts';
import { enrol } from './enrol.ts';
import { refuse } from './failure.ts';
import { hello } from './hello.ts';
import { json, messageSchemas, type Answer, type SyncAnswers, type SyncMessageName, type SyncRequest } from './messages.ts';
import { numbers } from './numbers.ts';
import { offer } from './offer.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { reidentify } from './reidentify.ts';
import { report } from './report.ts';
import { readSession, type Session } from './sessions.ts';
import { snapshot } from './snapshot.ts';
import { surroundings } from './surroundings.ts';

type Handler<Name extends SyncMessageName> = (context: ServiceContext, session: Session, request: SyncRequest<Name>) => Promise<Answer<SyncAnswers[Name]>>;

/** The messages by which a workstation shows who it is carry no token. */
const withoutSession = {
  enrol: async (context: ServiceContext, request: SyncRequest<'enrol'>) => json(await enrol(context, request)),
  hello: async (context: ServiceContext, request: SyncRequest<'hello'>) => json(await hello(context, request)),
  reidentify: async (context: ServiceContext, request: SyncRequest<'reidentify'>) => json(await reidentify(context, request)),
};

const withSession: { [Name in Exclude<SyncMessageName, keyof typeof withoutSession>]: Handler<Name> } = {
  offer, push, pull, snapshot, digests: answerDigests, bucket: answerBucket, documents: answerDocuments, attachments, 'attachment-put': putAttachment, 'attachment-get': getAttachment, report, surroundings, numbers,
};

/** A revoked device hands over its work and says how it is; nothing more is told to it. */
const openToRevoked: ReadonlySet<SyncMessageName> = new Set(['push', 'offer', 'attachments', 'attachment-put', 'report']);

/** Messages that name documents, in the server's words. What is pushed is put into them where it is decided: an alias may begin there. */
function inwardRequest(aliases: Aliases, name: SyncMessageName, request: unknown): never {
  const inwardId = ({ id }: { id: string }) => ({ id: aliases.idOf('documentReferences', id) });
  switch (name) {
    case 'documents': {
      const { refs, ...rest } = request as SyncRequest<'documents'>;
      return { ...rest, refs: refs.map((ref) => aliases.inward(ref)) } as never;
    }
    case 'attachments': {
      const { attachments: asked, ...rest } = request as SyncRequest<'attachments'>;
      return { ...rest, attachments: asked.map((ref) => ({ ...ref, ...inwardId(ref) })) } as never;
    }
    case 'attachment-put':
    case 'attachment-get':
      return { ...(request as object), ...inwardId(request as SyncRequest<'attachment-get'>) } as never;
    default:
      return request as never;
  }
}

export async function answerMessage<Name extends SyncMessageName>(context: ServiceContext, name: Name, token: string | null, body: unknown): Promise<Answer<SyncAnswers[Name]>> {
  const schema = Object.hasOwn(messageSchemas, name) ? messageSchemas[name] : refuse('not-found');
  const session = Object.hasOwn(withoutSession, name) ? undefined : await readSession(context, token);
  const parsed = schema.safeParse(body);
  if (!parsed.success) return refuse('malformed-message');
  const request = parsed.data as never;
  if (session === undefined) return withoutSession[name as keyof typeof withoutSession](context, request) as Promise<Answer<SyncAnswers[Name]>>;
  if (session.state === 'revoked' && !openToRevoked.has(name)) return refuse('device-revoked');
  if ('epoch' in parsed.data && parsed.data.epoch !== session.epoch) return refuse('epoch-changed');
  const handler = withSession[name as keyof typeof withSession] as Handler<never>;
  if (!session.hasAliases) return handler(context, session, request) as Promise<Answer<SyncAnswers[Name]>>;
  const aliases = await readAliases(context.database, session);
  const answer = await handler(context, session, inwardRequest(aliases, name, request));
  // An alias is as long as what it stands for, and leaves each content of a page in its place.
  return typeof answer === 'string' ? aliases.outwardText(answer) : Buffer.from(aliases.outwardText(Buffer.from(answer).toString()));
}
