import { call } from '../../api/client.ts';

/** All pieces of a finished export as one file of the given media type. The backend frees it with the last piece. */
export async function readExport(jobId: string, type: 'text/csv' | 'application/json' = 'text/csv'): Promise<Blob> {
  const pieces: string[] = [];
  for (let part = 0; ; part += 1) {
    const { text, done } = await call('exports.read', { jobId, part });
    pieces.push(text);
    if (done) return new Blob(pieces, { type: `${type};charset=utf-8` });
  }
}
