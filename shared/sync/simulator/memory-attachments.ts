import { chunkCount } from '../../attachments/attachment.ts';
import type { AttachmentGetAnswer, AttachmentPutAnswer, AttachmentRef, AttachmentsAnswer, Transfer, TransferAnswer } from '../attachments.ts';
import type { WireDocument } from '../protocol.ts';

/** What a document says of its attachment; undefined for one that has none, or was purged. */
export function attachmentOf({ collection, content }: Pick<WireDocument, 'collection' | 'content'>): { hash: string; chunks: number } | undefined {
  const attachment = collection === 'documentReferences' ? (content?.['attachment'] as { hash: string; size: number } | undefined) : undefined;
  return attachment && { hash: attachment.hash, chunks: chunkCount(attachment.size) };
}

/** What a workstation holds of the bytes of attachments, and what it has to send and fetch of them. In the place of bytes it says whose which chunk is. */
export class MemoryAttachments {
  /** By hash, how many chunks are here and how many there are. */
  protected held = new Map<string, { chunks: number; of: number }>();
  /** By document. `chunks`: what the server has; null where it is to be asked. */
  protected uploads = new Map<string, { hash: string; chunks: number | null }>();
  private looked = new Set<string>();
  private available = new Set<string>();
  protected lackingFrom: string | null | undefined = null;

  copy(): this {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
    copy.held = new Map([...this.held].map(([hash, held]) => [hash, { ...held }]));
    copy.uploads = new Map([...this.uploads].map(([id, upload]) => [id, { ...upload }]));
    copy.looked = new Set(this.looked);
    copy.available = new Set(this.available);
    return copy;
  }

  /** Somebody attaches a file. */
  add(id: string, { hash, chunks }: { hash: string; chunks: number }): void {
    this.held.set(hash, { chunks, of: chunks });
    this.uploads.set(id, { hash, chunks: null });
  }

  isWhole(hash: string): boolean {
    const held = this.held.get(hash);
    return held !== undefined && held.chunks === held.of;
  }

  get isEmpty(): boolean {
    return this.held.size === 0 && this.uploads.size === 0;
  }

  sends(id: string): boolean {
    return this.uploads.has(id);
  }

  /** Bytes go with the last version of a document that names them, and never before they were sent. */
  keepNamed(named: readonly WireDocument[], purgedIds: ReadonlySet<string>): void {
    for (const id of purgedIds) this.uploads.delete(id);
    const kept = new Set([...named.flatMap((document) => attachmentOf(document)?.hash ?? []), ...[...this.uploads.values()].map(({ hash }) => hash)]);
    for (const hash of this.held.keys()) if (!kept.has(hash)) this.held.delete(hash);
  }

  /** The server has just heard of these documents, or refused them. */
  requeue(documents: readonly Pick<WireDocument, 'collection' | 'id' | 'content'>[]): void {
    for (const document of documents) {
      const attachment = attachmentOf(document);
      if (attachment !== undefined && this.isWhole(attachment.hash) && !this.uploads.has(document.id)) this.uploads.set(document.id, { hash: attachment.hash, chunks: null });
    }
  }

  askForLacking(): void {
    this.lackingFrom = null;
  }

  forget(): void {
    for (const upload of this.uploads.values()) upload.chunks = null;
    this.available.clear();
    this.askForLacking();
  }

  get hasUploads(): boolean {
    return this.uploads.size > 0;
  }

  /** `shown`: documents that are here. `isUnsent`: the server has not heard of this one. */
  next(sendOnly: boolean, shown: readonly WireDocument[], isUnsent: (id: string) => boolean): Transfer | 'awaiting' | null {
    const wanted = sendOnly ? [] : shown.flatMap((document) => {
      const attachment = attachmentOf(document);
      return attachment === undefined || this.isWhole(attachment.hash) ? [] : [{ id: document.id, ...attachment }];
    });
    const ready = [...this.uploads].filter(([id]) => !isUnsent(id));
    const asked: AttachmentRef[] = [...wanted.filter(({ id }) => !this.available.has(id)), ...ready.filter(([, { chunks }]) => chunks === null).map(([id, { hash }]) => ({ id, hash }))]
      .filter(({ id }) => !this.looked.has(id)).map(({ id, hash }) => ({ id, hash })).slice(0, 2);
    if (asked.length > 0 || (this.lackingFrom !== undefined && !sendOnly)) {
      return { name: 'attachments', body: { attachments: asked, lacking: this.lackingFrom === undefined || sendOnly ? null : { cursor: this.lackingFrom } } };
    }
    const send = ready.find(([id, { chunks }]) => chunks !== null && !this.looked.has(`put ${id}`));
    if (send !== undefined) return this.sending(send[0], send[1] as { hash: string; chunks: number });
    const fetch = wanted.find(({ id }) => this.available.has(id) && !this.looked.has(`get ${id}`));
    if (fetch !== undefined) return { name: 'attachment-get', body: { id: fetch.id, hash: fetch.hash, number: this.held.get(fetch.hash)?.chunks ?? 0 } };
    this.looked.clear();
    return wanted.length > 0 || ready.length > 0 ? 'awaiting' : null;
  }

  protected sending(id: string, { hash, chunks }: { hash: string; chunks: number }): Transfer {
    return { name: 'attachment-put', body: { id, hash, number: chunks, bytes: `${hash}.${chunks}` } };
  }

  note(transfer: Transfer, answer: TransferAnswer | null, shown: readonly WireDocument[]): void {
    if (transfer.name === 'attachments') this.noteStates(transfer.body, answer as AttachmentsAnswer | null, shown);
    else if (transfer.name === 'attachment-put') this.notePut(transfer.body, answer as AttachmentPutAnswer | null);
    else this.noteGet(transfer.body, answer as AttachmentGetAnswer | null, shown);
  }

  private noteStates({ attachments, lacking }: Extract<Transfer, { name: 'attachments' }>['body'], answer: AttachmentsAnswer | null, shown: readonly WireDocument[]): void {
    for (const { id } of attachments) this.looked.add(id);
    for (const { id, named, chunks, complete } of answer?.states ?? []) {
      const upload = this.uploads.get(id);
      if (upload !== undefined) upload.chunks = chunks;
      if (complete || !named) this.uploads.delete(id);
      if (complete) this.available.add(id);
    }
    if (lacking === null) return;
    const missing = new Set(answer?.lacking.map(({ id }) => id));
    this.requeue(shown.filter(({ id }) => missing.has(id)));
    this.lackingFrom = answer?.cursor ?? undefined;
  }

  private notePut({ id, number }: AttachmentRef & { number: number }, answer: AttachmentPutAnswer | null): void {
    const upload = this.uploads.get(id);
    if (answer === null || answer.chunks <= number) this.looked.add(`put ${id}`);
    if (answer === null || upload === undefined) return;
    upload.chunks = answer.chunks;
    if (answer.complete || !answer.named) this.uploads.delete(id);
  }

  private noteGet({ id, hash, number }: AttachmentRef & { number: number }, answer: AttachmentGetAnswer | null, shown: readonly WireDocument[]): void {
    const attachment = shown.filter((document) => document.id === id).map(attachmentOf).find((found) => found?.hash === hash);
    if (attachment === undefined) return;
    if (answer?.bytes !== `${hash}.${number}`) {
      this.looked.add(`get ${id}`);
      this.available.delete(id);
      return;
    }
    const held = this.held.get(hash) ?? { chunks: 0, of: attachment.chunks };
    if (held.chunks === number) this.held.set(hash, { ...held, chunks: number + 1 });
  }
}
