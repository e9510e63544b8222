import { expect, test } from 'vitest';
import { PagesAhead, type PageRequest } from './pages-ahead.ts';

const epoch = '00000000-0000-7000-8000-000000000001';
const request = (cursor: string | null): PageRequest => ({ name: 'snapshot', body: { epoch, at: cursor === null ? null : 9, cursor } });
const answer = (cursor: string | null) => ({ at: 9, documents: [], cursor, total: 3 });

function open(fails: string[] = []) {
  const asked: (string | null)[] = [];
  const pages = new PagesAhead(async ({ body }) => {
    const { cursor } = body as { cursor: string | null };
    asked.push(cursor);
    if (cursor !== null && fails.includes(cursor)) throw new Error('cut');
    return { value: cursor, bytes: 1, sentBytes: 1 };
  });
  return { asked, pages };
}

test('the next page is asked for while the one before is taken, and once', async () => {
  const { asked, pages } = open();
  await pages.ask(request(null));
  pages.askAhead(request(null), answer('1.0'), 10);
  expect(asked).toEqual([null, '1.0']);
  expect(await pages.ask(request('1.0'))).toMatchObject({ value: '1.0' });
  expect(asked).toEqual([null, '1.0']);
  await pages.ask(request('1.0'));
  expect(asked).toEqual([null, '1.0', '1.0']);
});

test('nothing is asked for behind the last page, nor on a slow line, where a cut would cost two pages', () => {
  const { asked, pages } = open();
  pages.askAhead(request('1.0'), answer(null), 10);
  pages.askAhead(request('1.0'), answer('2.0'), 2000);
  pages.askAhead({ name: 'pull', body: { epoch, after: 1 } }, { changeSets: [], position: 5, head: 5 }, 10);
  expect(asked).toEqual([]);
});

test('another page, or another session, never gets it', async () => {
  const { asked, pages } = open();
  pages.askAhead(request(null), answer('1.0'), 10);
  expect(await pages.ask(request(null))).toMatchObject({ value: null });
  pages.askAhead(request(null), answer('2.0'), 10);
  pages.forget();
  await pages.ask(request('2.0'));
  expect(asked).toEqual(['1.0', null, '2.0', '2.0']);
});

test('what failed ahead fails when it is asked for, and is asked for anew after that', async () => {
  const { asked, pages } = open(['1.0']);
  pages.askAhead(request(null), answer('1.0'), 10);
  await expect(pages.ask(request('1.0'))).rejects.toThrow('cut');
  await expect(pages.ask(request('1.0'))).rejects.toThrow('cut');
  expect(asked).toEqual(['1.0', '1.0']);
});
