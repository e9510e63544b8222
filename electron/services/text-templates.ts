import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { TextTemplate, TextTemplateInput } from '../../shared/schema/text-template.ts';
import { textTemplates } from '../storage/habits.ts';
import type { Context } from './context.ts';

export function listTextTemplates({ store }: Context): TextTemplate[] {
  return textTemplates(store.connection);
}

export function createTextTemplate(context: Context, { template }: CallParsed<'textTemplates.create'>): TextTemplate {
  assertShortcutFree(context, template);
  const { store, actor } = context;
  return store.commit({ actor, action: 'text-template.created' }, (transaction) => transaction.create('textTemplates', template));
}

export function updateTextTemplate(context: Context, { id, rev, template }: CallParsed<'textTemplates.update'>): TextTemplate {
  assertShortcutFree(context, template, id);
  const { store, actor } = context;
  return store.commit({ actor, action: 'text-template.updated' }, (transaction) => transaction.update('textTemplates', id, template, { over: rev }));
}

export function deleteTextTemplate({ store, actor }: Context, { id, rev }: CallParsed<'textTemplates.delete'>): null {
  store.commit({ actor, action: 'text-template.deleted' }, (transaction) => transaction.remove('textTemplates', id, { over: rev }));
  return null;
}

/** Two offline workstations may still give one shortcut to two texts: then the department's own stands before everybody's, and the picker shows both. */
function assertShortcutFree({ store }: Context, { shortcut, department, kind }: TextTemplateInput, exceptId?: string): void {
  if (shortcut === undefined || kind !== 'snippet') return;
  const taken = textTemplates(store.connection).some(
    (other) => other.id !== exceptId && other.kind === kind && other.department === department && other.shortcut?.toLowerCase() === shortcut.toLowerCase(),
  );
  if (taken) fail({ code: 'invalid-input', issues: [{ path: 'template.shortcut', code: 'shortcut-taken' }] });
}
