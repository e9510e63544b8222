import type { Feature } from '../../app/feature.ts';

export const drafts: Feature = { screens: [] };
