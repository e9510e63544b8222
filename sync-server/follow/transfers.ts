import { chunkLength } from '../../shared/attachments/attachment.ts';
import {
  attachmentsAtOnce, type AttachmentGetAnswer, type AttachmentPutAnswer, type AttachmentRef, type AttachmentsAnswer, type Transfer, type TransferAnswer,
} from '../../shared/sync/attachments.ts';
import { forgetUnneeded, keepUntilAsked } from '../service/attachment-references.ts';
import { finishAttachment, keepChunk, readChunk } from '../service/attachments.ts';
import type { ServiceContext } from '../service/context.ts';
import { readUnsent } from './ledger.ts';

interface Lacking extends AttachmentRef {
  holderId: string;
  size: number;
  position: number;
  ordinal: number;
}

interface Sending extends AttachmentRef {
  holderId: string;
}

/**
 * The bytes of attachments between this server and the one that it follows, as a workstation's replica has them. What is to be sent is in the
 * database; what lacks here the database knows by itself.
 */
export class UpstreamTransfers {
  readonly #context: ServiceContext;
  readonly #organisationId: number;
  /** How far this round has asked about what lacks here. */
  #askedTo: { position: number; ordinal: number } | undefined = { position: 0, ordinal: 0 };
  #available: Lacking[] = [];
  #awaiting = false;
  /** How many chunks the other server has of what is sent. */
  #sent = new Map<string, number>();
  /** Left for another round. */
  #putOff = new Set<string>();
  #lackingFrom: string | null | undefined = null;

  constructor(context: ServiceContext, organisationId: number) {
    this.#context = context;
    this.#organisationId = organisationId;
  }

  /** Meets another epoch, or has found both alike: what lacks there is asked for. */
  askForLacking(): void {
    this.#sent.clear();
    this.#lackingFrom = null;
  }

  async next(sendOnly: boolean): Promise<Transfer | 'awaiting' | null> {
    const transfer = (sendOnly ? undefined : await this.#nextAsk()) ?? (await this.#nextSend()) ?? (sendOnly ? undefined : await this.#nextFetch());
    if (transfer !== undefined) return transfer;
    const awaiting = this.#awaiting || (sendOnly && (await this.hasUploads()));
    [this.#askedTo, this.#awaiting, this.#available] = [{ position: 0, ordinal: 0 }, false, []];
    this.#putOff.clear();
    return awaiting ? 'awaiting' : null;
  }

  async hasUploads(): Promise<boolean> {
    return (await this.#rows('SELECT document_id FROM upstream_attachments WHERE organisation_id = ? LIMIT 1')).length > 0;
  }

  async note(transfer: Transfer, answer: TransferAnswer | null): Promise<void> {
    switch (transfer.name) {
      case 'attachments':
        return this.#noteStates(transfer.body, answer as AttachmentsAnswer | null);
      case 'attachment-put':
        return this.#notePut(transfer.body, answer as AttachmentPutAnswer | null);
      case 'attachment-get':
        return this.#noteGet(transfer.body, answer as AttachmentGetAnswer | null);
    }
  }

  async #nextAsk(): Promise<Transfer | undefined> {
    const asked = await this.#lackingHere();
    if (asked.length === 0 && this.#lackingFrom === undefined) return undefined;
    const last = asked.at(-1);
    this.#askedTo = last && { position: last.position, ordinal: last.ordinal };
    this.#available.push(...asked);
    return { name: 'attachments', body: { attachments: asked.map(toRef), lacking: this.#lackingFrom === undefined ? null : { cursor: this.#lackingFrom } } };
  }

  async #lackingHere(): Promise<Lacking[]> {
    if (this.#askedTo === undefined) return [];
    const { position, ordinal } = this.#askedTo;
    return this.#rows<Lacking>(
      `SELECT r.document_id AS id, r.hash AS hash, r.holder_id AS holderId, r.size AS size, r.position AS position, r.ordinal AS ordinal FROM attachments a
         JOIN attachment_references r ON r.organisation_id = a.organisation_id AND r.holder_id = a.holder_id AND r.hash = a.hash AND r.holder_id <> r.carried_by
         JOIN upstream_documents k ON k.organisation_id = a.organisation_id AND k.document_id = r.document_id AND k.collection = 'documentReferences' AND k.rev IS NOT NULL
         WHERE a.organisation_id = ? AND a.complete = 0 AND (r.position > ? OR (r.position = ? AND r.ordinal > ?)) ORDER BY r.position, r.ordinal LIMIT ${attachmentsAtOnce}`,
      position, position, ordinal,
    );
  }

  async #nextSend(): Promise<Transfer | undefined> {
    const waiting = await this.#rows<Sending>('SELECT document_id AS id, hash AS hash, holder_id AS holderId FROM upstream_attachments WHERE organisation_id = ?');
    // A document that the other server has not heard of waits for its change set.
    const unsent = await readUnsent(this.#context.database, this.#organisationId, waiting.map(({ id }) => id));
    const ready = waiting.filter(({ id }) => !unsent.has(`documentReferences/${id}`) && !this.#putOff.has(id));
    const asked = ready.filter(({ id }) => !this.#sent.has(id)).slice(0, attachmentsAtOnce);
    if (asked.length > 0) return { name: 'attachments', body: { attachments: asked.map(toRef), lacking: null } };
    for (const sending of ready) {
      const number = this.#sent.get(sending.id) as number;
      const bytes = await readChunk(this.#context.database, this.#organisationId, sending, number);
      if (bytes !== undefined) return { name: 'attachment-put', body: { ...toRef(sending), number, bytes: bytes.toString('base64') } };
      await this.#sentOf(sending);
    }
    return undefined;
  }

  async #nextFetch(): Promise<Transfer | undefined> {
    for (const lacking of this.#available) {
      const [row] = await this.#rows<{ chunks: number; complete: number }>('SELECT chunks, complete FROM attachments WHERE organisation_id = ? AND holder_id = ? AND hash = ?', lacking.holderId, lacking.hash);
      if (row?.complete === 0 && !this.#putOff.has(lacking.id)) return { name: 'attachment-get', body: { ...toRef(lacking), number: row.chunks } };
    }
    return undefined;
  }

  async #noteStates({ attachments, lacking }: Extract<Transfer, { name: 'attachments' }>['body'], answer: AttachmentsAnswer | null): Promise<void> {
    const complete = new Set(answer?.states.flatMap((state) => (state.complete ? [state.id] : [])));
    const asked = new Set(attachments.map(({ id }) => id));
    if (this.#available.some(({ id }) => asked.has(id) && !complete.has(id))) this.#awaiting = true;
    this.#available = this.#available.filter(({ id }) => !asked.has(id) || complete.has(id));
    for (const { id, named, chunks } of answer?.states ?? []) {
      if (complete.has(id) || !named) await this.#sentOf({ id });
      else this.#sent.set(id, chunks);
    }
    if (answer === null) for (const id of asked) this.#putOff.add(id);
    if (lacking === null) return;
    for (const ref of answer?.lacking ?? []) await this.#requeue(ref);
    this.#lackingFrom = answer?.cursor ?? undefined;
  }

  /** What a server that is revoked asks about before it locks: nobody asks it any more for what a restored one lacks. */
  async requeueAll(): Promise<void> {
    await keepUntilAsked(this.#context.database, this.#organisationId);
  }

  async #requeue({ id, hash }: AttachmentRef): Promise<void> {
    const { database } = this.#context;
    const insert = database.kind === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await database.change(
      `${insert} INTO upstream_attachments (organisation_id, document_id, hash, holder_id) SELECT r.organisation_id, r.document_id, r.hash, r.holder_id FROM attachment_references r
         JOIN attachments a ON a.organisation_id = r.organisation_id AND a.holder_id = r.holder_id AND a.hash = r.hash AND a.complete = 1
         WHERE r.organisation_id = ? AND r.document_id = ? AND r.hash = ?`,
      [this.#organisationId, id, hash],
    );
  }

  async #notePut({ id, number }: AttachmentRef & { number: number }, answer: AttachmentPutAnswer | null): Promise<void> {
    if (answer === null) return void this.#putOff.add(id);
    if (answer.complete || !answer.named) return this.#sentOf({ id });
    if (answer.chunks <= number) this.#putOff.add(id);
    return void this.#sent.set(id, answer.chunks);
  }

  /** Those of a patient who left meanwhile were kept for this alone: they go with the last of them that had to be sent. */
  async #sentOf({ id }: { id: string }): Promise<void> {
    await this.#context.database.transaction(async (queries) => {
      const holders = await queries.rows<{ holderId: string }>('SELECT DISTINCT holder_id AS holderId FROM upstream_attachments WHERE organisation_id = ? AND document_id = ?', [this.#organisationId, id]);
      await queries.change('DELETE FROM upstream_attachments WHERE organisation_id = ? AND document_id = ?', [this.#organisationId, id]);
      for (const { holderId } of holders) {
        const [stays] = await queries.rows('SELECT compartment FROM revisions WHERE organisation_id = ? AND compartment = ? LIMIT 1', [this.#organisationId, holderId]);
        if (stays === undefined) await forgetUnneeded(queries, this.#organisationId, holderId);
      }
    });
  }

  async #noteGet({ id, number }: AttachmentRef & { number: number }, answer: AttachmentGetAnswer | null): Promise<void> {
    const lacking = this.#available.find((one) => one.id === id);
    if (lacking === undefined) return;
    const chunk = answer?.bytes == null ? undefined : Buffer.from(answer.bytes, 'base64');
    if (chunk === undefined || chunk.length !== chunkLength(lacking.size, number)) return void this.#putOff.add(id);
    const { chunks, complete } = await keepChunk(this.#context, this.#organisationId, lacking, { number, chunk });
    if (complete === 1 || chunkLength(lacking.size, chunks) > 0) return;
    if (!(await finishAttachment(this.#context, this.#organisationId, { ...lacking, from: 'above' }))) this.#putOff.add(id);
  }

  #rows<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.#context.database.rows<Row>(text, [this.#organisationId, ...values]);
  }
}

const toRef = ({ id, hash }: AttachmentRef): AttachmentRef => ({ id, hash });
