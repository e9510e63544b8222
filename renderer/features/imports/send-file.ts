import { chunkBytes } from '../../../shared/contract/exchange.ts';
import { call } from '../../api/client.ts';

/**
 * Hands a file to the backend piece by piece, so that a large one is never in memory at once. Answers the
 * import's id; what was begun is closed again when a piece fails.
 */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<string> {
  const { importId } = await call('imports.begin', { fileName: file.name, size: file.size });
  try {
    for (let offset = 0; offset < file.size; offset += chunkBytes) {
      const bytes = await file.slice(offset, offset + chunkBytes).arrayBuffer();
      await call('imports.append', { importId, base64: toBase64(new Uint8Array(bytes)) });
      onProgress(Math.min(1, (offset + chunkBytes) / file.size));
    }
    return importId;
  } catch (error) {
    await call('imports.close', { importId }).catch(() => undefined);
    throw error;
  }
}

/** In slices: a function takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
  const slice = 0x8000;
  let binary = '';
  for (let offset = 0; offset < bytes.length; offset += slice) {
    binary += String.fromCharCode(...bytes.subarray(offset, offset + slice));
  }
  return btoa(binary);
}
