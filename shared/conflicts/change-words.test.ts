import { expect, test } from 'vitest';
import { createTranslator } from '../i18n/index.ts';
import { pulledCollections } from '../sync/scope.ts';
import { kindText } from './change-words.ts';

test.each(['en', 'zh'] as const)('every kind of entry that travels has a name of its own (%s)', (language) => {
  const { t } = createTranslator(language);
  const names = pulledCollections.map((collection) => kindText(collection, t));
  expect(names).not.toContain(kindText('of a newer version', t));
  expect(new Set(names).size).toBe(names.length);
});
