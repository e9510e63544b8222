import { call } from '../../api/client.ts';

/** All pieces of a finished export as one file. The backend frees it with the last piece. */
export async function readExport(jobId: string): Promise<Blob> {
  const pieces: string[] = [];
  for (let part = 0; ; part += 1) {
    const { text, done } = await call('exports.read', { jobId, part });
    pieces.push(text);
    if (done) return new Blob(pieces, { type: 'text/csv;charset=utf-8' });
  }
}
