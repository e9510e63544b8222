import { expect, test } from 'vitest';
import { heatStep, heatSteps } from './heat-steps.ts';

test('exactly full is not overfilled, and a hair more is', () => {
  const steps = heatSteps('promised');
  expect(heatStep(steps, 0).from).toBe(0);
  expect(heatStep(steps, 0.25).from).toBe(0.25);
  expect(heatStep(steps, 1).from).toBe(0.9);
  expect(heatStep(steps, 1.0001).from).toBe(1);
});

/** Relative luminance of WCAG 2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (one: string, other: string) => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

test.each(['light', 'dark'] as const)('in %s the figures are legible, and the order of the steps is seen without colours', (theme) => {
  const steps = heatSteps('promised');
  for (const step of steps) expect(contrast(step[theme], step.ink[theme])).toBeGreaterThanOrEqual(4.5);
  const tones = steps.slice(0, -1).map((step) => luminance(step[theme]));
  expect(tones).toEqual([...tones].sort((a, b) => (theme === 'light' ? b - a : a - b)));
});
