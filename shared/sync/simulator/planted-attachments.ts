import type { Transfer } from '../attachments.ts';
import type { Messages } from '../engine-types.ts';
import type { WireDocument } from '../protocol.ts';
import { attachmentOf, MemoryAttachments } from './memory-attachments.ts';
import { MemoryReplica } from './memory-replica.ts';
import type { Device } from './memory-server-state.ts';
import { MemoryServer } from './memory-server.ts';

/** Stores that lose the bytes of what people attached. */

/** Nobody asks what the server lacks, which would bring back most of what the others here lose. */
class AsksForNothing extends MemoryAttachments {
  protected override lackingFrom: string | null | undefined = undefined;
  override askForLacking(): void {
    // What was sent once is sent.
  }
}

class LeavesTheList extends AsksForNothing {
  protected override sending(id: string, upload: { hash: string; chunks: number }): Transfer {
    const transfer = super.sending(id, upload);
    if (upload.chunks + 1 === this.held.get(upload.hash)?.of) this.uploads.delete(id);
    return transfer;
  }
}

export class SentTooSoon extends MemoryReplica {
  protected override bytes: MemoryAttachments = new LeavesTheList();
}

class DropsWithFirst extends AsksForNothing {
  override keepNamed(named: readonly WireDocument[], purgedIds: ReadonlySet<string>): void {
    for (const id of purgedIds) {
      const hash = this.uploads.get(id)?.hash ?? this.hashes.get(id);
      if (hash !== undefined) this.held.delete(hash);
    }
    for (const document of named) {
      const hash = attachmentOf(document)?.hash;
      if (hash !== undefined) this.hashes.set(document.id, hash);
    }
    super.keepNamed(named, purgedIds);
  }
  private readonly hashes = new Map<string, string>();
}

export class DropsSharedBytes extends MemoryReplica {
  protected override bytes: MemoryAttachments = new DropsWithFirst();
}

export class PurgesSharedBytes extends MemoryServer {
  protected override dropUnnamed(): void {
    this.state.attachments.clear();
  }
}

export class HalfAnUpload extends MemoryServer {
  protected override putAttachment(device: Device, body: Messages['attachment-put']['body']): Messages['attachment-put']['answer'] {
    const answer = super.putAttachment(device, body);
    return { ...answer, complete: answer.chunks > 0 };
  }
  protected override isWhole({ key }: { key: string }): boolean {
    return (this.state.attachments.get(key) ?? 0) > 0;
  }
}

export class LocksOverBytes extends MemoryReplica {
  override nextTransfer(sendOnly: boolean): Transfer | 'awaiting' | null {
    return sendOnly ? null : super.nextTransfer(sendOnly);
  }
  override lock(): void {
    this.bytes = new MemoryAttachments();
    super.lock();
  }
}

class ForgetsUploads extends MemoryAttachments {
  override keepNamed(named: readonly WireDocument[], purgedIds: ReadonlySet<string>): void {
    const shown = new Set(named.map(({ id }) => id));
    for (const id of this.uploads.keys()) if (!shown.has(id)) this.uploads.delete(id);
    super.keepNamed(named, purgedIds);
  }
}

export class WithdrawsBytes extends MemoryReplica {
  protected override bytes: MemoryAttachments = new ForgetsUploads();
}
