import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appErrorSchema } from '../errors.ts';
import { roles } from '../permissions.ts';
import { auditActions } from '../schema/audit-entry.ts';
import { createTranslator, resources } from './index.ts';

const shared = join(import.meta.dirname, '..');

/** `path → text` of every leaf, without the English singular forms that Chinese has no use for. */
function leaves(node: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] => {
      if (key.endsWith('_one')) return [];
      const here = path === '' ? key : `${path}.${key}`;
      return typeof value === 'string' ? [[here, value]] : [...leaves(value as object, here)];
    }),
  );
}
const en = leaves(resources.en.translation);
const zh = leaves(resources.zh.translation);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map(([, name]) => name).sort();

describe('the two languages', () => {
  test('have the same keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test.each([...en.keys()])('%s is filled in and names the same values', (key) => {
    const [english, chinese] = [en.get(key) ?? '', zh.get(key) ?? ''];
    expect(english.trim()).not.toBe('');
    expect(chinese.trim()).not.toBe('');
    expect(placeholders(chinese)).toEqual(placeholders(english));
  });
});

/** Issue codes as they stand in the schemas (`error: '…'`) and rules (`{ path, code: '…' }`). */
function issueCodesInSource(): string[] {
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('i18n'));
  const codes = sources.flatMap((file) => {
    const text = readFileSync(join(shared, file), 'utf8');
    return [...text.matchAll(/error: '([a-z-]+)'|path[^}\n]*, code: '([a-z-]+)'/g)].map((match) => match[1] ?? match[2] ?? '');
  });
  return [...new Set(codes)];
}

describe.each(['en', 'zh'] as const)('in %s there is a text for', (language) => {
  const { translation } = resources[language];

  test('every error code', () => {
    const codes = appErrorSchema.options.map((option) => option.shape.code.value);
    expect(Object.keys(translation.error).sort()).toEqual(codes.sort());
  });
  test('every issue code in the schemas', () => {
    const codes = issueCodesInSource();
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !Object.hasOwn(translation.issue, code))).toEqual([]);
  });
  test('every audit action and role', () => {
    expect(Object.keys(translation.audit).sort()).toEqual([...auditActions].sort());
    expect(Object.keys(translation.role).sort()).toEqual([...roles].sort());
  });
});

test('the language is switched at run time, and names are not escaped', async () => {
  const translator = createTranslator('en');
  expect(translator.t('app.signedInAs', { name: '<b>王</b>', role: 'x' })).toBe('Signed in as <b>王</b> (x)');
  expect(translator.t('app.waiting', { count: 1 })).toBe('1 change waiting to be sent');
  await translator.changeLanguage('zh');
  expect(translator.t('app.waiting', { count: 1 })).toBe('1 项更改等待发送');
});
