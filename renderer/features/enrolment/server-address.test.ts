import { expect, it } from 'vitest';
import { serverAddress } from './server-address.ts';

it.each([
  [' 192.168.1.20:8443 ', 'https://192.168.1.20:8443'],
  ['https://reception.local:8443/', 'https://reception.local:8443'],
  ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
  ['HTTPS://emr.example', 'HTTPS://emr.example'],
  ['', ''],
])('takes %j for %j', (typed, meant) => {
  expect(serverAddress(typed)).toBe(meant);
});
