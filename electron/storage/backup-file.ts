import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { instantSchema } from '../../shared/schema/document.ts';
import { fail } from '../../shared/errors.ts';
import { keyringContentSchema } from './keyring-file.ts';
import { deriveKey } from './secrets.ts';
import { asStorageError } from './sqlite-errors.ts';

/**
 * A backup file is the encrypted SQLite database, that of a hub if there is one, then the header as JSON, then a tail of fixed size: HMAC-SHA-256 of
 * the header under the database key, SHA-256 of all that, header length, format version, magic. The header
 * comes last so that SQLite writes the copy straight into the file that is kept and checked, once.
 */
export const backupExtension = '.outpost-backup';
const magic = Buffer.from('OUTPOST-BACKUP\r\n', 'latin1');
const formatVersion = 1;
const digestBytes = 32;
const numbersBytes = 8;
const tailBytes = 2 * digestBytes + numbersBytes + magic.length;
const longestHeader = 16 * 1024 * 1024;

const headerSchema = z.object({
  createdAt: instantSchema,
  /** Counts up per database, since a clock may go back: the order in which backups were made. */
  sequence: z.int().min(1),
  origin: z.enum(['manual', 'automatic', 'before-migration']),
  schemaVersion: z.int().min(0),
  patients: z.int().min(0),
  records: z.int().min(0),
  payloadBytes: z.int().min(0),
  payloadSha256: z.string(),
  /** The hub's database, behind the payload, where the workstation serves others. Opened by a key that is in the payload. */
  hub: z.object({ bytes: z.int().min(0), sha256: z.string() }).optional(),
  /** The wraps of the payload's key as they were, so that its users and its recovery key open it. */
  keyring: keyringContentSchema,
});
export type BackupHeader = z.infer<typeof headerSchema>;
export type BackupOrigin = BackupHeader['origin'];

export interface BackupFile {
  header: BackupHeader;
  bytes: number;
  /** Whether the header was written by someone who had the database key. */
  isAuthentic(databaseKey: Uint8Array): boolean;
}

/** Completes a backup: puts the header behind the payload that is in the file. The caller makes it durable. */
export function appendHeader(path: string, header: BackupHeader, databaseKey: Uint8Array): void {
  const text = Buffer.from(JSON.stringify(header));
  const mac = headerMac(text, databaseKey);
  const numbers = Buffer.alloc(numbersBytes);
  numbers.writeUInt32BE(text.length, 0);
  numbers.writeUInt32BE(formatVersion, 4);
  appendFileSync(path, Buffer.concat([text, mac, tailDigest(text, mac, numbers), numbers, magic]));
}

/**
 * Reads what a backup says of itself, without its payload. Fails with `backup-damaged` when anything in it is missing
 * or changed, and with `backup-newer` for a format of a later version.
 */
export function readBackupFile(path: string): BackupFile {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return parse(file);
  } catch (error) {
    throw asStorageError(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function parse(file: number): BackupFile {
  const bytes = fstatSync(file).size;
  if (bytes < tailBytes) damaged();
  const tail = read(file, bytes - tailBytes, tailBytes);
  const [mac, digest] = [tail.subarray(0, digestBytes), tail.subarray(digestBytes, 2 * digestBytes)];
  const numbers = tail.subarray(2 * digestBytes, 2 * digestBytes + numbersBytes);
  const length = numbers.readUInt32BE(0);
  if (!tail.subarray(-magic.length).equals(magic) || length > Math.min(longestHeader, bytes - tailBytes)) damaged();
  const text = read(file, bytes - tailBytes - length, length);
  if (!timingSafeEqual(tailDigest(text, mac, numbers), digest)) damaged();
  const found = numbers.readUInt32BE(4);
  if (found > formatVersion) fail({ code: 'backup-newer', found, supported: formatVersion });
  const header = headerSchema.safeParse(JSON.parse(text.toString('utf8')));
  if (!header.success || header.data.payloadBytes + (header.data.hub?.bytes ?? 0) !== bytes - tailBytes - length) return damaged();
  return { header: header.data, bytes, isAuthentic: (key) => timingSafeEqual(headerMac(text, key), mac) };
}

function read(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  const got = length === 0 ? 0 : readSync(file, buffer, 0, length, position);
  return got === length ? buffer : damaged();
}

const damaged = (): never => fail({ code: 'backup-damaged' });

const headerMac = (text: Uint8Array, databaseKey: Uint8Array): Buffer =>
  createHmac('sha256', deriveKey(databaseKey, new Uint8Array(), 'outpost/backup-header')).update(text).digest();

const tailDigest = (text: Uint8Array, mac: Uint8Array, numbers: Uint8Array): Buffer =>
  createHash('sha256').update(text).update(mac).update(numbers).digest();
