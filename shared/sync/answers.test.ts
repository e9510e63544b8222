import { expect, test } from 'vitest';
import { answerSchemas, hintSchema } from './answers.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-01-01T00:00:00.000Z';
const document = { collection: 'patients', id: id(1), rev: id(2), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: 'someone', content: { name: 'Wei' }, position: 3 };
const takes = (...documents: unknown[]) => answerSchemas.snapshot.safeParse({ at: 3, documents, cursor: null, total: 1 }).success;

test('documents are taken as servers tell them: first versions and later ones, purged ones, of any id', () => {
  expect(takes(document, { ...document, baseRev: id(4) }, { ...document, content: null }, { ...document, id: '00000000-0000-0000-0000-000000000000', told: 'by a newer server' })).toBe(true);
});

test('a page with anything in it that is no document is not taken', () => {
  for (const field of Object.keys(document)) {
    expect(takes(document, { ...document, [field]: undefined }), field).toBe(false);
    expect(takes(document, { ...document, [field]: [] }), field).toBe(false);
  }
  for (const odd of [null, 'text', 7, [document]]) expect(takes(odd)).toBe(false);
  expect(takes({ ...document, position: -1 })).toBe(false);
  expect(answerSchemas.snapshot.safeParse({ at: 3, documents: { 0: document }, cursor: null, total: 1 }).success).toBe(false);
});

test('a hint whose page is none is a hint all the same', () => {
  const changeSet = { id: id(1), position: 4, documents: [document], echoes: [], withdrawn: [] };
  expect(hintSchema.parse({ head: 4, epoch: id(9), page: { after: 3, changeSets: [changeSet], position: 4 } }).page?.changeSets).toHaveLength(1);
  expect(hintSchema.parse({ head: 4, epoch: id(9), page: { after: 3, changeSets: [{ ...changeSet, documents: ['?'] }], position: 4 } })).toMatchObject({ head: 4, page: undefined });
});
