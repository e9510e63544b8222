import { expect, test } from 'vitest';
import type { Host } from '../../../shared/schema/host.ts';
import type { Task } from '../../../shared/schema/task.ts';
import { resourceCollections } from '../../../shared/schema/resource.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { fieldsOf } from './resource-fields.ts';
import { atFields, contentOf, issuesOf, valuesOf } from './resource-form-values.ts';

const meta = { id: 'i', rev: 'r', createdAt: 'c', updatedAt: 'u', updatedBy: 'b', deleted: false };
const host: Host = {
  ...meta, name: 'rack-1', state: 'available', capacity: { cpu: 64, memory: 1501, disk: 900, bandwidth: 10_000 }, overcommit: { cpu: 4, memory: 1 },
  provider: 'libvirt', providerKey: 'qemu:///system',
};

test('a resource that nobody touched is saved as it was, and its provider stays', () => {
  const { id: _id, rev: _rev, createdAt: _c, updatedAt: _u, updatedBy: _b, deleted: _d, ...content } = host;
  expect(contentOf('hosts', valuesOf('hosts', host), host)).toEqual(content);
});

test('every whole number of mebibytes survives being shown in gibibytes', () => {
  for (const memory of [1, 511, 1501, 65_536, 2 ** 31 - 1]) {
    const shown = valuesOf('hosts', { ...host, capacity: { ...host.capacity, memory } });
    expect(contentOf('hosts', shown, host)).toMatchObject({ capacity: { memory } });
  }
});

test('what the form does not show stays, and what is emptied goes', () => {
  const task: Task = { ...meta, name: 'report', state: 'waiting', work: 60, priority: 3, times: { node: 30 } };
  const content = contentOf('tasks', { ...valuesOf('tasks', task), priority: '' }, task);
  expect(content).toMatchObject({ times: { node: 30 }, work: 60 });
  expect(content).not.toHaveProperty('priority');
});

test('issues stand at the fields, from the schema and from a refused call', () => {
  expect(issuesOf('hosts', contentOf('hosts', { ...valuesOf('hosts', host), cpu: '' }))).toMatchObject([{ path: 'cpu', code: 'invalid-number' }]);
  expect(atFields('hosts', [{ path: 'content.overcommit.cpu', code: 'out-of-range' }])).toEqual([{ path: 'cpuOvercommit', code: 'out-of-range' }]);
});

test.each(resourceCollections)('every field of %s has a name in both languages', (collection) => {
  for (const language of ['en', 'zh'] as const) {
    const { t } = createTranslator(language);
    for (const { name } of fieldsOf(collection)) expect(t(`cloud.column.${name}`)).not.toMatch(/^cloud\./);
  }
});
