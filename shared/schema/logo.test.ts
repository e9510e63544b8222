import { expect, test } from 'vitest';
import { fieldIssues } from '../field-issues.ts';
import { largestLogo, logoSchema } from './logo.ts';
import { siteContentSchema } from './site.ts';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
const dataUrl = (type: string, bytes: readonly number[]) => `data:${type};base64,${btoa(String.fromCharCode(...bytes))}`;
const issueOf = (logo: string): string | undefined => {
  const parsed = logoSchema.safeParse(logo);
  return parsed.success ? undefined : fieldIssues(parsed.error)[0]?.code;
};

test('a PNG and a JPEG are known by their bytes', () => {
  expect(issueOf(dataUrl('image/png', png))).toBeUndefined();
  expect(issueOf(dataUrl('image/jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
});

test('what only says that it is a picture is refused', () => {
  expect(issueOf(dataUrl('image/jpeg', png))).toBe('invalid-logo');
  expect(issueOf(dataUrl('image/png', [...'<svg onload=x>'].map((character) => character.charCodeAt(0))))).toBe('invalid-logo');
  expect(issueOf('data:image/svg+xml;base64,PHN2Zz4=')).toBe('invalid-logo');
  expect(issueOf('https://example.org/logo.png')).toBe('invalid-logo');
  expect(issueOf(`${dataUrl('image/png', png)}" onerror="x`)).toBe('invalid-logo');
});

test('a picture that is too large is refused before it is read', () => {
  expect(issueOf(`data:image/png;base64,${'A'.repeat(largestLogo * 2)}`)).toBe('logo-too-large');
});

test('a clinic needs no logo', () => {
  expect(siteContentSchema.safeParse({ organisationName: 'A', name: 'B', departments: [] }).success).toBe(true);
});
