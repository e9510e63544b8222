import { join } from 'node:path';
import argon2 from 'argon2';
import { openConnection } from '../../electron/storage/connection.ts';

/** The least that a start can cost: Node, one password as slow as ours, the encrypted file opened, a page read by its index. */
const [profile = '', key = ''] = process.argv.slice(2);
await argon2.hash('password', { memoryCost: 65_536, timeCost: 3, parallelism: 1 });
const connection = openConnection(join(profile, 'outpost.db'), Buffer.from(key, 'hex'), { mustExist: true });
connection.prepare('SELECT content FROM patients WHERE deleted = 0 ORDER BY name_sort LIMIT 100').all();
console.log('{}');
connection.close();
