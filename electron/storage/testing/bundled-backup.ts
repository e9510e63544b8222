import { createBackup } from '../backup.ts';
import { systemClock } from '../environment.ts';

/** Makes a backup from wherever it was bundled to: `node <bundle> <profile> <folder> <database key as hex>`. */
const [profile = '', folder = '', key = ''] = process.argv.slice(2);
await createBackup({ profile, folder, databaseKey: Buffer.from(key, 'hex'), origin: 'manual', clock: systemClock });
