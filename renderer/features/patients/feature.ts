import type { Feature } from '../../app/feature.ts';

export const patients: Feature = { screens: [] };
