import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readApart } from './apart.ts';

const frame = { collection: 'patients', id: 'a', rev: 'b', baseRev: null, deleted: false, createdAt: 't', updatedAt: 't', updatedBy: 'u', position: 1 };
const bytesOf = (text: string) => new TextEncoder().encode(text);
function written(contents: (string | null)[], line: object = {}, lengthOf = (bytes: number) => bytes): Uint8Array {
  const bytes = contents.map((content) => (content === null ? null : bytesOf(content)));
  const documents = bytes.map((content) => ({ ...frame, contentBytes: content && lengthOf(content.length) }));
  return Buffer.concat([bytesOf(`${JSON.stringify({ ...line, documents })}\n`), ...bytes.filter((content) => content !== null)]);
}
const texts = (page: Uint8Array) => readApart(page)?.documents.map(({ content }) => (content === null ? null : new TextDecoder().decode(content)));

test('says what was written, whatever is in it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('王小明\n😀', '\n', '}{'));
  const content = fc.option(fc.record({ name: text }).map((object) => JSON.stringify(object)));
  fc.assert(
    fc.property(fc.array(content), text, (contents, cursor) => {
      const page = readApart(written(contents, { at: 1, cursor }));
      expect(page).toMatchObject({ at: 1, cursor });
      expect(page?.documents.map(({ content: _content, ...rest }) => rest)).toEqual(contents.map(() => frame));
      expect(texts(written(contents))).toEqual(contents);
    }),
    { seed: 1 },
  );
});

test('contents stay the bytes that came, and are not copied', () => {
  const page = written(['{"name":"王小明"}']);
  expect(readApart(page)?.documents[0]?.content?.buffer).toBe(page.buffer);
});

test.each([
  ['JSON in one piece', bytesOf('{"documents":[]}')],
  ['cut short', written(['{"a":1}', '{"b":2}']).subarray(0, -1)],
  ['more than it says', Buffer.concat([written(['{"a":1}']), bytesOf('{}')])],
  ['lengths that lie', written(['{"a":"{}"}', '{"b":2}'], {}, (bytes) => (bytes === 10 ? 5 : 12))],
  ['a length below nothing', written(['{"a":1}'], {}, () => -7)],
  ['a content that is no object', written(['[1]'])],
])('is no page: %s', (_what, page) => {
  expect(readApart(page)).toBeUndefined();
});
