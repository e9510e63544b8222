/** Columns of a table of reference ranges, by the names that laboratories give them. The first name is the one it is written with. */
export const rangeColumns = {
  code: ['code', 'loinc', '编码', '代码', '项目编码', '项目代码'],
  name: ['name', 'test', 'analysis', 'analyte', '名称', '项目', '项目名称', '检验项目'],
  unit: ['unit', 'units', '单位'],
  sex: ['sex', 'gender', '性别'],
  ageFrom: ['age from', 'from age', '年龄从', '起始年龄', '年龄下限'],
  ageTo: ['age to', 'to age', '年龄至', '截止年龄', '年龄上限'],
  low: ['low', '下限', '参考下限', '参考值下限'],
  high: ['high', '上限', '参考上限', '参考值上限'],
  criticalLow: ['critical low', '危急下限', '危急值下限', '危急低值'],
  criticalHigh: ['critical high', '危急上限', '危急值上限', '危急高值'],
  source: ['source', '来源', '依据', '出处'],
} as const;
export type RangeColumn = keyof typeof rangeColumns;

const plain = (heading: string): string => heading.normalize('NFKC').trim().toLowerCase().replaceAll(/[\s_-]+/g, ' ');

/** Where each column stands in a header row; absent: nowhere. */
export function placesOfRangeColumns(header: readonly string[]): Partial<Record<RangeColumn, number>> {
  const headings = header.map(plain);
  return Object.fromEntries(
    Object.entries(rangeColumns).flatMap(([column, names]) => {
      const place = headings.findIndex((heading) => (names as readonly string[]).includes(heading));
      return place === -1 ? [] : [[column, place]];
    }),
  );
}

/** What a table cannot do without, by the name to write at its head. */
export function missingRangeColumns(places: Partial<Record<RangeColumn, number>>): string[] {
  const alternatives: RangeColumn[][] = [['code', 'name'], ['unit'], ['low', 'high', 'criticalLow', 'criticalHigh']];
  return alternatives.filter((some) => some.every((column) => places[column] === undefined)).map((some) => some.slice(0, 2).map((column) => rangeColumns[column][0]).join(' / '));
}
