import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

let bytes: Buffer | undefined;

/** Noto Sans SC (SIL Open Font License 1.1): Latin, Greek and the Chinese of GB 18030's first levels. Of its 10 MB a PDF carries the glyphs it uses. */
export function reportFont(): Buffer {
  bytes ??= readFileSync(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
  return bytes;
}
