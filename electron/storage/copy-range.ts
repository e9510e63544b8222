import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Bytes of a file. */
export interface Range {
  from: number;
  length: number;
}

type Progress = (done: number) => void;

/** Copies part of a file into a new one, durable; answers its SHA-256 in hex. */
export function copyRange(source: string, target: string, range: Range, progress: Progress = () => undefined): string {
  return writeRange(source, range, target, 'w', progress);
}

/** Copies a whole file behind the end of another one, durable. */
export function appendFile(source: string, target: string): { bytes: number; sha256: string } {
  const bytes = statSync(source).size;
  return { bytes, sha256: writeRange(source, { from: 0, length: bytes }, target, 'a', () => undefined) };
}

function writeRange(source: string, range: Range, target: string, flags: 'w' | 'a', progress: Progress): string {
  const hash = createHash('sha256');
  const file = openSync(target, flags, 0o600);
  try {
    forEachChunk(source, range, (chunk, done) => {
      hash.update(chunk);
      writeWhole(file, chunk);
      progress(done);
    });
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** SHA-256 of part of a file, in hex. */
export function hashRange(path: string, range: Range, progress: Progress): string {
  const hash = createHash('sha256');
  forEachChunk(path, range, (chunk, done) => {
    hash.update(chunk);
    progress(done);
  });
  return hash.digest('hex');
}

/** Reads part of a file, a megabyte at a time; fewer bytes when the file is shorter. */
function forEachChunk(path: string, { from, length }: Range, use: (chunk: Uint8Array, done: number) => void): void {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(1024 * 1024);
    for (let done = 0; done < length; ) {
      const got = readSync(file, buffer, 0, Math.min(buffer.length, length - done), from + done);
      if (got === 0) return;
      done += got;
      use(buffer.subarray(0, got), done);
    }
  } finally {
    closeSync(file);
  }
}

/** One write may take less than it is given, on a disk that is filling up first of all. */
function writeWhole(file: number, chunk: Uint8Array): void {
  for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done);
}
