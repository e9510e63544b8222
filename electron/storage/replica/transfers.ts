import { chunkLength } from '../../../shared/attachments/attachment.ts';
import {
  attachmentsAtOnce, type AttachmentGetAnswer, type AttachmentPutAnswer, type AttachmentRef, type AttachmentsAnswer, type Transfer, type TransferAnswer,
} from '../../../shared/sync/attachments.ts';
import { findAttachment, keepChunk, readChunk } from '../attachments/bytes.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';

interface Waiting {
  id: string;
  hash: string;
  size: number;
  chunks: number | null;
}

/**
 * What of the bytes of attachments is to be sent and fetched next. What there is to do is in the database; what this remembers
 * besides is what was asked in this round, so that it ends.
 */
export class Transfers {
  private readonly connection: Connection;
  /** Asked about in this round, or put off to the next one. */
  private readonly looked = new Set<string>();
  /** Where the list of what the server lacks goes on; undefined where it need not be asked. */
  private lackingFrom: string | null | undefined = null;
  private moved = false;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The server may lack something that is here: it is asked in this round. */
  askForLacking(): void {
    this.lackingFrom = null;
  }

  /** The next message. What somebody waits for goes before what is to be sent, and that before all the rest, newest first. */
  next(sendOnly: boolean): Transfer | 'awaiting' | null {
    const transfer = sendOnly ? (this.nextSendAsk() ?? this.nextSend()) : (this.nextAsk() ?? this.nextSendAsk() ?? this.nextFetch('wanted = 1') ?? this.nextSend() ?? this.nextFetch('true'));
    if (transfer !== undefined) return transfer;
    this.looked.clear();
    return this.isAwaiting(sendOnly) ? 'awaiting' : null;
  }

  /** Takes what came of a message. Answers whether bytes have come or are on the server that were not before. */
  note(transfer: Transfer, answer: TransferAnswer | null): boolean {
    this.moved = false;
    switch (transfer.name) {
      case 'attachments':
        this.noteStates(transfer.body, answer as AttachmentsAnswer | null);
        break;
      case 'attachment-put':
        this.notePut(transfer.body, answer as AttachmentPutAnswer | null);
        break;
      case 'attachment-get':
        this.noteGet(transfer.body, answer as AttachmentGetAnswer | null);
    }
    return this.moved;
  }

  private isAwaiting(sendOnly: boolean): boolean {
    const downloads = 'EXISTS (SELECT 1 FROM attachment_downloads)';
    return statement(this.connection, `SELECT EXISTS (${sendable}) ${sendOnly ? '' : `OR ${downloads}`}`).pluck().get() === 1;
  }

  /** Which of those that are not here the server has by now, and, after digests were found equal, what it lacks itself. */
  private nextAsk(): Transfer | undefined {
    const asked = this.unlooked(
      statement<AttachmentRef>(this.connection, 'SELECT document_id AS id, hash FROM attachment_downloads WHERE available IS NOT 1 ORDER BY wanted DESC, created_at DESC').iterate(),
    );
    if (asked.length === 0 && this.lackingFrom === undefined) return undefined;
    return { name: 'attachments', body: { attachments: asked, lacking: this.lackingFrom === undefined ? null : { cursor: this.lackingFrom } } };
  }

  private nextSendAsk(): Transfer | undefined {
    const asked = this.unlooked(statement<AttachmentRef>(this.connection, `SELECT id, hash FROM (${sendable}) WHERE chunks IS NULL`).iterate());
    return asked.length === 0 ? undefined : { name: 'attachments', body: { attachments: asked, lacking: null } };
  }

  private unlooked(rows: IterableIterator<AttachmentRef>): AttachmentRef[] {
    const found: AttachmentRef[] = [];
    for (const { id, hash } of rows) {
      if (this.looked.has(id)) continue;
      found.push({ id, hash });
      if (found.length === attachmentsAtOnce) break;
    }
    return found;
  }

  private nextSend(): Transfer | undefined {
    for (const { id, hash, chunks } of statement<Waiting>(this.connection, `${sendable} AND u.chunks IS NOT NULL`).iterate()) {
      if (this.looked.has(`put ${id}`)) continue;
      const bytes = readChunk(this.connection, hash, chunks as number);
      if (bytes !== undefined) return { name: 'attachment-put', body: { id, hash, number: chunks as number, bytes: Buffer.from(bytes).toString('base64') } };
    }
    return undefined;
  }

  private nextFetch(which: string): Transfer | undefined {
    const rows = statement<Waiting>(
      this.connection,
      `SELECT document_id AS id, hash, size FROM attachment_downloads WHERE available = 1 AND ${which} ORDER BY wanted DESC, created_at DESC`,
    ).iterate();
    for (const { id, hash } of rows) {
      if (!this.looked.has(`get ${id}`)) return { name: 'attachment-get', body: { id, hash, number: findAttachment(this.connection, hash)?.chunks ?? 0 } };
    }
    return undefined;
  }

  private noteStates({ attachments, lacking }: Extract<Transfer, { name: 'attachments' }>['body'], answer: AttachmentsAnswer | null): void {
    for (const { id } of attachments) this.looked.add(id);
    for (const { id, named, chunks, complete } of answer?.states ?? []) {
      statement(this.connection, 'UPDATE attachment_downloads SET available = ? WHERE document_id = ?').run(complete ? 1 : 0, id);
      if (complete || !named) this.sent(id);
      else statement(this.connection, 'UPDATE attachment_uploads SET chunks = ? WHERE document_id = ?').run(chunks, id);
    }
    if (lacking === null) return;
    for (const { id, hash } of answer?.lacking ?? []) requeue(this.connection, id, hash);
    this.lackingFrom = answer?.cursor ?? undefined;
  }

  private notePut({ id, hash, number }: AttachmentRef & { number: number }, answer: AttachmentPutAnswer | null): void {
    // Refused, or sent whole and found to be something else on arrival: once more, in the next round.
    if (answer === null || answer.chunks <= number) this.looked.add(`put ${id}`);
    if (answer === null) return;
    const { named, chunks, complete } = answer;
    if (complete || !named) return this.sent(id);
    statement(this.connection, 'UPDATE attachment_uploads SET chunks = ? WHERE document_id = ? AND hash = ?').run(chunks, id, hash);
  }

  private sent(documentId: string): void {
    if (statement(this.connection, 'DELETE FROM attachment_uploads WHERE document_id = ?').run(documentId).changes > 0) this.moved = true;
  }

  private noteGet({ id, hash, number }: AttachmentRef & { number: number }, answer: AttachmentGetAnswer | null): void {
    const row = statement<Waiting>(this.connection, 'SELECT size FROM attachment_downloads WHERE document_id = ? AND hash = ?').get(id, hash);
    if (row === undefined) return;
    const chunk = answer?.bytes == null ? undefined : Buffer.from(answer.bytes, 'base64');
    if (chunk === undefined || chunk.length !== chunkLength(row.size, number)) {
      // Not there any more, or not what it says: asked about again in the next round.
      this.looked.add(`get ${id}`).add(id);
      statement(this.connection, 'UPDATE attachment_downloads SET available = NULL WHERE document_id = ?').run(id);
      return;
    }
    keepChunk(this.connection, { hash, size: row.size }, number, chunk);
    const held = findAttachment(this.connection, hash);
    if (held?.complete === 1) this.moved = true;
    // All of it came and its hash was wrong: the same would come again at once.
    if (held === undefined) this.looked.add(`get ${id}`);
  }
}

/** Those whose document the server knows, or has refused. The bytes of others wait for it. */
const sendable = `SELECT u.document_id AS id, u.hash, u.size, u.chunks FROM attachment_uploads AS u LEFT JOIN document_references AS d ON d.id = u.document_id
  WHERE (d.change_seq IS NULL OR NOT EXISTS (SELECT 1 FROM outbox WHERE change_seq = d.change_seq))`;

/** Those of documents that are whole here. */
const queueWhole = `INSERT INTO attachment_uploads (document_id, hash, size)
  SELECT d.id, a.hash, a.size FROM document_references AS d JOIN attachments AS a ON a.hash = d.attachment_hash AND a.complete = 1`;

/** Puts the bytes of a document that the server lacks back among those to be sent, where they are here. */
function requeue(connection: Connection, documentId: string, hash: string): void {
  statement(connection, `${queueWhole} WHERE d.id = ? AND a.hash = ? ON CONFLICT (document_id) DO UPDATE SET chunks = NULL`).run(documentId, hash);
}

/** The server has just heard of what a change set wrote, or refused it: it is asked whether it has the bytes, too. */
export function requeueOf(connection: Connection, seq: number): void {
  statement(connection, `${queueWhole} WHERE d.change_seq = ? ON CONFLICT DO NOTHING`).run(seq);
}

/** Whether bytes wait to be sent. */
export const hasUploads = (connection: Connection): boolean => statement(connection, 'SELECT 1 FROM attachment_uploads LIMIT 1').get() !== undefined;

/** What a workstation that is revoked asks about before it locks: nobody asks it any more for what a restored server lacks. */
export function requeueAll(connection: Connection): void {
  statement(connection, `${queueWhole} WHERE true ON CONFLICT DO NOTHING`).run();
}

/** A restored server may have lost bytes that it once had: those of a document that is taken off go when it says that it has them, or wants none. */
export function keepUntilAsked(connection: Connection, documentId: string): void {
  statement(connection, `${queueWhole} WHERE d.id = ? ON CONFLICT DO NOTHING`).run(documentId);
}

/** Meets a server that was restored: what it has and has not is asked anew. */
export function forgetTransfers(connection: Connection): void {
  statement(connection, 'UPDATE attachment_uploads SET chunks = NULL').run();
  statement(connection, 'UPDATE attachment_downloads SET available = NULL').run();
}
