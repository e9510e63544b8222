import type { Feature } from '../../app/feature.ts';

export const records: Feature = { screens: [] };
