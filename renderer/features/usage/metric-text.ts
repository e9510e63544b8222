import type { ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import type { SampleMetric } from '../../../shared/sync/resource-protocol.ts';
import { amountText, unitOf } from '../resources/amount-text.ts';
import { numberFormat } from '../resources/number-format.ts';

const isDimension = (metric: SampleMetric): metric is ResourceDimension => Object.hasOwn(unitOf, metric);

/** A measured value as people read it. */
export function metricText(value: number, metric: SampleMetric, language: string): string {
  if (isDimension(metric) && metric !== 'cpu') return amountText(value, unitOf[metric], language);
  if (metric === 'cacheHits') return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100);
  return numberFormat(language, { maximumFractionDigits: value < 100 ? 2 : 0 }).format(value);
}
