import { TextDecoder } from 'node:util';
import type { Encoding } from '../../shared/contract/exchange.ts';
import { fail } from '../../shared/errors.ts';
import { readTable, type Table } from '../../shared/exchange/table.ts';

/** Above this a file is refused: it is held in memory, and never written to disk in the clear. */
export const importLimitMegabytes = 400;
const limit = importLimitMegabytes * 1_048_576;
/** Bytes decoded at a time: small enough that a job can pause and show progress in between. */
const pieceBytes = 65_536;

/** A file that arrives in chunks and stays in memory. */
export class ImportFile {
  readonly size: number;
  private readonly chunks: Uint8Array[] = [];
  private received = 0;
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private validUtf8 = true;

  /** Fails with `file-too-large`. */
  constructor(size: number) {
    if (size > limit) fail({ code: 'file-too-large', limitMegabytes: importLimitMegabytes });
    this.size = size;
  }

  /** Fails with `invalid-input` for more bytes than the file has: a chunk was sent twice. */
  append(chunk: Uint8Array): void {
    if (this.received + chunk.length > this.size) fail({ code: 'invalid-input', issues: [{ path: 'base64', code: 'out-of-range' }] });
    this.chunks.push(chunk);
    this.received += chunk.length;
    this.checkUtf8(chunk, this.received === this.size);
  }

  /** The whole file as text, for formats that are read at once. Fails with `invalid-input` while bytes are missing. */
  text(): string {
    if (this.received !== this.size) fail({ code: 'invalid-input', issues: [{ path: 'size', code: 'out-of-range' }] });
    return [...this.pieces(this.detectEncoding(), () => undefined)].join('');
  }

  /** UTF-16 and UTF-8 by their byte order marks, UTF-8 when every byte of the file fits it, otherwise GB18030 (and so GBK). */
  detectEncoding(): Encoding {
    const [first, second] = this.chunks[0] ?? [];
    if (first === 0xff && second === 0xfe) return 'utf-16le';
    if (first === 0xfe && second === 0xff) return 'utf-16be';
    return this.validUtf8 ? 'utf-8' : 'gb18030';
  }

  /**
   * The file as a table; `onPiece` hears how many bytes have been read so far. Fails with `invalid-input` while bytes are
   * missing, `file-empty` or `file-not-csv`.
   */
  table(encoding: Encoding, onPiece: (bytes: number) => void = () => undefined): Table {
    if (this.received !== this.size) fail({ code: 'invalid-input', issues: [{ path: 'size', code: 'out-of-range' }] });
    if (this.isAnotherKindOfFile()) fail({ code: 'file-not-csv' });
    return readTable(() => this.pieces(encoding, onPiece));
  }

  private *pieces(encoding: Encoding, onPiece: (bytes: number) => void): Generator<string, void, undefined> {
    const decoder = new TextDecoder(encoding);
    let read = 0;
    for (const chunk of this.chunks) {
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        const bytes = chunk.subarray(start, start + pieceBytes);
        read += bytes.length;
        onPiece(read);
        yield decoder.decode(bytes, { stream: true });
      }
    }
    yield decoder.decode();
  }

  private checkUtf8(chunk: Uint8Array, isLast: boolean): void {
    if (!this.validUtf8) return;
    try {
      this.utf8.decode(chunk, { stream: !isLast });
    } catch {
      this.validUtf8 = false;
    }
  }

  /** Workbooks, PDFs and compressed files, which people choose by mistake, begin with these bytes. */
  private isAnotherKindOfFile(): boolean {
    const head = Buffer.from(this.chunks[0]?.subarray(0, 8) ?? []).toString('latin1');
    return ['PK\u0003\u0004', '\u00D0\u00CF\u0011\u00E0', '%PDF', '\u001F\u008B', 'Rar!', '7z\u00BC\u00AF'].some((mark) => head.startsWith(mark));
  }
}
