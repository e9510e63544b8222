import { expect, test } from 'vitest';
import { readSnapshot } from './read-snapshot.ts';

const content = Buffer.from('{"name":"王小明"}');
const pageOf = (bytes: Buffer) => Buffer.concat([Buffer.from(`{"at":1,"documents":[{"id":"a","contentBytes":${bytes.length}}]}\n`), bytes]);

test('a page whose contents come apart is read as one', () => {
  expect(readSnapshot(pageOf(content))).toMatchObject({ at: 1, documents: [{ id: 'a', content }] });
});

test('a refusal is read as what it is', () => {
  expect(readSnapshot(Buffer.from('{"error":{"code":"epoch-changed"}}'))).toEqual({ error: { code: 'epoch-changed' } });
});

test('bytes that are no text are not taken, whatever they stand in', () => {
  expect(() => readSnapshot(pageOf(Buffer.concat([Buffer.from('{"name":"'), Buffer.of(0xff), Buffer.from('"}')])))).toThrow(SyntaxError);
});
