import { call } from '../../api/client.ts';

export type ExportType = 'text/csv' | 'text/plain' | 'application/json' | 'application/xml';

/** All pieces of a finished export as one file of the given media type. The backend frees it with the last piece. */
export async function readExport(jobId: string, type: ExportType = 'text/csv'): Promise<Blob> {
  const pieces: string[] = [];
  for (let part = 0; ; part += 1) {
    const { text, done } = await call('exports.read', { jobId, part });
    pieces.push(text);
    if (done) return new Blob(pieces, { type: `${type};charset=utf-8` });
  }
}
