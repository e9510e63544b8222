import { writeSync } from 'node:fs';
import { documentsOf, openReplica, takeFirstCopy } from './first-copy.ts';

/** Goes on with a first copy until it is killed: `node first-copy-process.ts <database> <seed>`. Says of each transaction that it is done. */
const [path = '', seed = '1'] = process.argv.slice(2);
const { replica } = openReplica(path);
writeSync(1, 'open\n');
takeFirstCopy(replica, documentsOf(Number(seed)), () => writeSync(1, 'done\n'));
