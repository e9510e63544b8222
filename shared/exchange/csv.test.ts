import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { longestRecord, readCsv } from './csv-reader.ts';
import { toCsv, unguard } from './csv-writer.ts';

const read = (text: string, delimiter = ',') => [...readCsv([text], delimiter)].map((record) => record.cells ?? record.problem);
const cut = (text: string, at: number[]) => {
  const cuts = [0, ...at.map((n) => n % (text.length + 1)).sort((a, b) => a - b), text.length];
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
};

/** Cells as people and attackers fill them: quotes, line ends, formulas, markup, any Unicode. */
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', '""', ',', ';', '\t', '\r', '\n', '\r\n', ' ', "'", '=', '+', '-', '@', '王', 'a', '\uFEFF', '\0', '<b>') }),
);
const matrix = fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }));

describe('what is written', () => {
  test('reads back equal, whatever the cells hold and wherever the pieces are cut', () => {
    fc.assert(
      fc.property(matrix, fc.array(fc.nat()), (rows, cuts) => {
        const records = [...readCsv(cut(toCsv(rows), cuts), ',')];
        expect(records.map(({ cells }) => cells?.map(unguard))).toEqual(rows);
      }),
      { numRuns: 2000 },
    );
  });

  test('is read the same by another parser', () => {
    fc.assert(
      fc.property(matrix.filter((rows) => rows.length > 0), (rows) => {
        const { data } = Papa.parse<string[]>(toCsv(rows), { newline: '\r\n', delimiter: ',' });
        expect(data.slice(0, -1).map((cells) => cells.map(unguard))).toEqual(rows);
      }),
    );
  });

  test('no cell begins like a formula, and phone numbers come back', () => {
    const rows = [['=HYPERLINK("http://x")', '+86 138', '-1', '@a', '\tx', "'=1", "'quoted", '＝1']];
    const [cells] = read(toCsv(rows)) as string[][];
    expect(cells).toEqual(["'=HYPERLINK(\"http://x\")", "'+86 138", "'-1", "'@a", "'\tx", "''=1", "'quoted", "'＝1"]);
    expect(cells?.map(unguard)).toEqual(rows[0]);
  });
});

describe('line ends', () => {
  test.each([['\r\n'], ['\n'], ['\r']])('%j ends a record, at the end of the file or not', (end) => {
    expect(read(`a,b${end}1,2${end}`)).toEqual([['a', 'b'], ['1', '2']]);
    expect(read(`a,b${end}1,2`)).toEqual([['a', 'b'], ['1', '2']]);
  });
  test('mixed ones are read, and blank lines are counted', () => {
    expect(read('a,b\r\n\n1,2\r3,4')).toEqual([['a', 'b'], [''], ['1', '2'], ['3', '4']]);
  });
  test('a line end cut in two is still one', () => {
    expect([...readCsv(['a\r', '\nb'], ',')].map(({ cells }) => cells)).toEqual([['a'], ['b']]);
  });
});

describe('a broken quote spoils its own line only', () => {
  test.each([
    ['never closed', 'a,b\n1,"x\n2,y\n3,z\n'],
    ['closed inside a cell', 'a,b\n1,"x"y\n2,y\n3,z\n'],
    ['closed by a quote further down', 'a,b\n1,"x\n2,y\n3,z\n"4",w\n'],
    ['closed further down as if it were a cell of many lines', 'a,b\n1,"x\n2,y\n3,z",w\n'],
  ])('%s', (_, text) => {
    const records = read(text);
    expect(records[0]).toEqual(['a', 'b']);
    expect(records[1]).toBe('broken-quote');
    expect(records[2]).toEqual(['2', 'y']);
    expect(records).toHaveLength(text.trim().split('\n').length);
  });

  test('in every line: every line is answered', () => {
    expect(read('a,b\n"A" B,1\n"C" D,2\n"E" F,3\n')).toEqual([['a', 'b'], 'broken-quote', 'broken-quote', 'broken-quote']);
  });

  test('wherever the pieces are cut, and whichever quote is taken away, no other line is lost', () => {
    const header = 'name,notes,phone\r\n';
    const rows = Array.from({ length: 12 }, (_, row) => [`n${row}`, row % 3 === 0 ? `multi\nline ${row}` : `v "${row}"`, `x${row}`]);
    const text = toCsv(rows);
    const quotes = [...text.matchAll(/"/g)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.constantFrom(...quotes), fc.array(fc.nat()), (quote, cuts) => {
        const spoilt = text.slice(0, quote) + text.slice(quote + 1);
        const records = [...readCsv(cut(header + spoilt, cuts), ',')];
        const whole = records.flatMap(({ cells }) => (cells?.length === 3 ? [cells.join('|')] : []));
        const expected = rows.map((cells) => cells.join('|'));
        const missing = expected.filter((row) => !whole.includes(row));
        expect(missing.length).toBeLessThanOrEqual(1);
        if (missing.length === 1) expect(records.length).toBeGreaterThan(rows.length);
      }),
    );
  });

  test('and a file of nothing but an open quote and text without an end is given up in time', () => {
    const pieces = ['a,b\n1,"', ...Array.from({ length: 80 }, () => 'x'.repeat(65_536)), '\n2,y\n'];
    expect([...readCsv(pieces, ',')].map((record) => record.cells ?? record.problem)).toEqual([['a', 'b'], 'broken-quote', ['2', 'y']]);
  });
});

test('a line without an end is given up, and reading goes on after it', () => {
  const pieces = ['a,b\n', ...Array.from({ length: longestRecord / 65_536 + 2 }, () => 'x'.repeat(65_536)), '\r', '\n2,y'];
  expect([...readCsv(pieces, ',')].map((record) => record.cells ?? record.problem)).toEqual([['a', 'b'], 'row-too-long', ['2', 'y']]);
});

test('a cell of a million characters is read whole', () => {
  const name = '王'.repeat(1_000_000);
  expect(read(`name,gender\n"${name}",男\n`)[1]).toEqual([name, '男']);
});
