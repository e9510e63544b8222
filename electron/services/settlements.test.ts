import { expect, test } from 'vitest';
import type { Clash } from '../../shared/schema/conflict.ts';
import { codeOf } from '../../shared/testing/error-of.ts';
import { settle } from './settlements.ts';

const clash = (path: string, kept: 0 | 1, ...[left, right]: [unknown, unknown]): Clash => ({
  path, kept, base: {}, values: [left === undefined ? {} : { value: left }, right === undefined ? {} : { value: right }],
});
const document = { content: { name: 'A', phone: '2', emergencyContact: { name: 'X', phone: '9' } }, deleted: false };

test('what is kept changes nothing, and is told from a change', () => {
  const settled = settle(document, [clash('phone', 1, '1', '2')], [{ path: 'phone', choice: 'kept' }]);
  expect(settled).toEqual({ ...document, choice: 'kept' });
  expect(settled.content).toBe(document.content);
});

test('the other value is brought back, also inside an object, also an absent one', () => {
  const clashes = [clash('phone', 1, '1', '2'), clash('emergencyContact.phone', 1, undefined, '9')];
  const settled = settle(document, clashes, clashes.map(({ path }) => ({ path, choice: 'other' })));
  expect(settled).toEqual({ content: { name: 'A', phone: '1', emergencyContact: { name: 'X' } }, deleted: false, choice: 'other' });
});

test('both texts stand one below the other, the one that was shown first', () => {
  expect(settle(document, [clash('name', 1, 'B', 'A')], [{ path: 'name', choice: 'both' }]).content).toMatchObject({ name: 'A\nB' });
  expect(codeOf(() => settle(document, [clash('age', 1, 1, 2)], [{ path: 'age', choice: 'both' }]))).toBe('invalid-input');
});

test('a value of one’s own, or none, takes the place of both', () => {
  const clashes = [clash('phone', 1, '1', '2')];
  expect(settle(document, clashes, [{ path: 'phone', choice: 'edited', value: '3' }])).toMatchObject({ content: { phone: '3' }, choice: 'edited' });
  expect(settle(document, clashes, [{ path: 'phone', choice: 'edited' }]).content).not.toHaveProperty('phone');
});

test('a document that one side threw away goes if that is chosen', () => {
  expect(settle(document, [clash('deleted', 0, false, true)], [{ path: 'deleted', choice: 'other' }])).toMatchObject({ deleted: true, content: document.content });
});

test('every clash needs one choice, and no other', () => {
  const clashes = [clash('phone', 1, '1', '2'), clash('name', 1, 'B', 'A')];
  const kept = (path: string) => ({ path, choice: 'kept' as const });
  for (const settlements of [[kept('phone')], [kept('phone'), kept('phone')], [kept('phone'), kept('address')]]) {
    expect(codeOf(() => settle(document, clashes, settlements))).toBe('invalid-input');
  }
});
