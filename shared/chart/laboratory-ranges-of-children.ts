import type { RangeRow } from './reference-ranges.ts';

type Limits = readonly [low: number, high: number];
/** From an age in years, up to the next band's: of both sexes, or of boys and of girls. */
type Band = [from: number, both: Limits] | [from: number, boys: Limits, girls: Limits];

const month = 1 / 12;
const grown = 18;

const bands = (...all: Band[]): RangeRow[] =>
  all.flatMap(([from, boys, girls], index): RangeRow[] => {
    const ages = [from, all[index + 1]?.[0] ?? grown] as const;
    const row = ([low, high]: Limits) => ({ ages, low, high });
    return girls === undefined ? [row(boys)] : [{ ...row(boys), gender: 'male' }, { ...row(girls), gender: 'female' }];
  });

/**
 * What children from a month of age on are held against, by LOINC code: China's WS/T 779-2021 (blood counts, of venous blood) and WS/T 780-2021
 * (biochemistry). Of other tests, and of the new-born, nothing is here, and the range is the laboratory's to give. Haemoglobin is low where WHO
 * calls it anaemia (from half a year on), which is above the low limit of WS/T 779 in the second year.
 */
export const rangesOfChildren: Readonly<Record<string, RangeRow[]>> = {
  '6690-2': bands([month, [4.3, 14.2]], [0.5, [4.8, 14.6]], [1, [5.1, 14.1]], [2, [4.4, 11.9]], [6, [4.3, 11.3]], [13, [4.1, 11]]),
  '718-7': bands(
    [month, [97, 183]], [0.5, [110, 141]], [2, [110, 149]], [5, [115, 149]], [6, [115, 156]], [12, [120, 156]], [13, [120, 172], [120, 154]], [15, [130, 172], [120, 154]],
  ),
  '777-3': bands([month, [183, 614]], [0.5, [190, 579]], [1, [190, 524]], [2, [188, 472]], [6, [167, 453]], [13, [150, 407]]),
  '770-8': bands([month, [7, 56]], [0.5, [9, 57]], [1, [13, 55]], [2, [22, 65]], [6, [31, 70]], [13, [37, 77]]),
  '1742-6': bands([month, [8, 71]], [1, [8, 42]], [2, [7, 30]], [13, [7, 43], [6, 29]]),
  '1920-8': bands([month, [21, 80]], [1, [22, 59]], [2, [14, 44]], [13, [12, 37], [10, 31]]),
  '1751-7': bands([month, [35, 50]], [0.5, [39, 54]], [13, [42, 56]]),
  '14682-9': bands([month, [13, 33]], [2, [19, 44]], [6, [27, 66]], [13, [37, 93], [33, 75]], [16, [52, 101], [39, 76]]),
};
