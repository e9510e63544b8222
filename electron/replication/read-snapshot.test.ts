import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSnapshot } from './read-snapshot.ts';

interface Page {
  documents: { content: unknown }[];
}
const asRead = (page: Page): Page => ({
  ...page,
  documents: page.documents.map((document) => (document.content instanceof Uint8Array ? { ...document, content: Buffer.from(document.content).toString() } : document)),
});
const bytesOf = (text: string) => Buffer.from(text);
const frame = { collection: 'patients', id: 'a', rev: 'b', baseRev: null, deleted: false, createdAt: 't', updatedAt: 't', updatedBy: 'u', position: 1 };

test('a page of texts says what JSON says, whatever is in it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{"name":"王小明 é \\" \\\\ 😀"}', 'null', ''));
  const document = fc.record({ content: fc.option(text), updatedBy: text, collection: text });
  fc.assert(
    fc.property(fc.array(document), fc.constantFrom((json: string) => json, (json: string) => json.replaceAll('王', '\\u738b')), (documents, written) => {
      const json = written(JSON.stringify({ at: 1, cursor: '1.0', total: 2, documents: documents.map((one) => ({ ...frame, ...one })) }));
      expect(asRead(readSnapshot(bytesOf(json)) as Page)).toEqual(JSON.parse(json));
    }),
  );
});

test('contents stay the bytes that came', () => {
  const content = '{"name":"王小明"}';
  const { documents } = readSnapshot(bytesOf(JSON.stringify({ documents: [{ ...frame, content }] }))) as Page;
  expect(documents[0]?.content).toEqual(bytesOf(content));
});

test.each([{ documents: [{ ...frame, content: { name: '王小明' } }] }, { documents: [1, null] }, { documents: '王' }, {}, null, '王', { error: { code: 'internal' } }])('what is no page of texts is read as it is: %j', (page) => {
  expect(readSnapshot(bytesOf(JSON.stringify(page)))).toEqual(page);
});

test('bytes that are no text become none that the store would keep', () => {
  const page = Buffer.concat([bytesOf('{"documents":[{"content":"'), Buffer.of(0xff), bytesOf('"}]}')]);
  expect(readSnapshot(page)).toEqual({ documents: [{ content: '\uFFFD' }] });
});
