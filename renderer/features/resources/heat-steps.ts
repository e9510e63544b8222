import type { Measure } from './host-load.ts';

/** A step of the scale: shares from `from` on, up to the next. Greater shares are darker (on dark ground lighter), so that the order is seen without colours. */
export interface HeatStep {
  from: number;
  light: string;
  dark: string;
  /** Of the figure on it. */
  ink: { light: string; dark: string };
}

const ink = (light: string, dark: string) => ({ light, dark });
const tones = [
  { light: '#edf2f7', dark: '#202a35', ink: ink('#1c2430', '#dfe4ea') },
  { light: '#c8dcf0', dark: '#274260', ink: ink('#1c2430', '#dfe4ea') },
  { light: '#8fbbe2', dark: '#2f6292', ink: ink('#1c2430', '#ffffff') },
  { light: '#2f74b5', dark: '#6aaae6', ink: ink('#ffffff', '#101318') },
  { light: '#0d3a66', dark: '#c6e2ff', ink: ink('#ffffff', '#101318') },
  { light: '#a11212', dark: '#ff8a70', ink: ink('#ffffff', '#101318') },
] as const;

/** Over 1 of the promised is overfilled; of the physical it is overcommit at work. */
const bounds: Record<Measure, readonly number[]> = { promised: [0, 0.25, 0.5, 0.75, 0.9, 1], physical: [0, 0.5, 1, 2, 3, 4] };

export const heatSteps = (measure: Measure): HeatStep[] => tones.map((tone, index) => ({ ...tone, from: bounds[measure][index] ?? 0 }));

/** The step that a share is on. Exactly full is not over. */
export function heatStep(steps: readonly HeatStep[], share: number): HeatStep {
  const last = steps.length - 1;
  const found = steps.findLastIndex(({ from }, index) => (index === last ? share > from : share >= from));
  return steps[Math.max(0, found)] as HeatStep;
}
