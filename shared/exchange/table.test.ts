import { expect, test } from 'vitest';
import { codeOf } from '../testing/error-of.ts';
import { readTable } from './table.ts';

const read = (text: string) => {
  const { rows, ...table } = readTable(() => [text]);
  return { ...table, rows: [...rows].flatMap((found) =>
    found.kind === 'blank' ? [] : [[found.row, found.kind === 'cells' ? found.cells : found.issues[0]]]) };
};

test.each([[','], [';'], ['\t']])('delimiter %j is found by the header', (delimiter) => {
  expect(read(['姓名', '"地址; x,y\tz"', '电话'].join(delimiter))).toEqual({ delimiter, columns: ['姓名', '地址; x,y\tz', '电话'], rows: [] });
});

test('rows are counted as a spreadsheet shows them, and blank ones left out', () => {
  expect(read('\n,,\nname,phone\na,1\n\n , \nb,2\n').rows).toEqual([[1, ['a', '1']], [4, ['b', '2']]]);
});

test('a row with another number of cells is not guessed at; empty cells at its end do no harm', () => {
  expect(read('name,phone\na\nb,2,3\nc,3,,\n').rows).toEqual([
    [1, { path: '', code: 'cell-count', params: { found: 1, expected: 2 } }],
    [2, { path: '', code: 'cell-count', params: { found: 3, expected: 2 } }],
    [3, ['c', '3', '', '']],
  ]);
});

test('a broken quote is one row of its own', () => {
  expect(read('name,phone\na,1\n"b,2\nc,3\n').rows).toEqual([[1, ['a', '1']], [2, { path: '', code: 'broken-quote' }], [3, ['c', '3']]]);
});

test('one column alone is a table', () => expect(read('姓名\n王小明\n')).toEqual({ delimiter: ',', columns: ['姓名'], rows: [[1, ['王小明']]] }));

test.each([['', 'file-empty'], ['\n\n \n', 'file-empty'], ['"name,phone', 'file-not-csv'], ['\0\0\u0001,x', 'file-not-csv'],
  [','.repeat(1000) + 'a', 'file-not-csv'], ['\n'.repeat(2000) + 'a', 'file-empty']])('%.20j is %s', (text, code) =>
  expect(codeOf(() => read(text))).toBe(code),
);
