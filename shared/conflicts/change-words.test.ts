import { expect, test } from 'vitest';
import { createTranslator } from '../i18n/index.ts';
import { pulledCollections } from '../sync/scope.ts';
import { actionText, kindText } from './change-words.ts';

test.each(['en', 'zh'] as const)('every kind of entry that travels has a name of its own (%s)', (language) => {
  const { t } = createTranslator(language);
  const names = pulledCollections.map((collection) => kindText(collection, t));
  expect(names).not.toContain(kindText('of a newer version', t));
  expect(new Set(names).size).toBe(names.length);
});

test.each(['en', 'zh'] as const)('what a client without actions of its own did has words (%s)', (language) => {
  const { t } = createTranslator(language);
  for (const name of pulledCollections) {
    const words = ['created', 'updated', 'deleted'].map((done) => actionText(`${name}.${done}`, t));
    expect(new Set(words).size).toBe(3);
    for (const one of words) expect(one).toContain(kindText(name, t));
  }
  expect(actionText('patient.updated', t)).toBe(t('audit.patient.updated'));
  expect(actionText('of-a-newer.version', t)).toBe('of-a-newer.version');
});
