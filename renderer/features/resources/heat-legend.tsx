import { useComputedColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { heatSteps } from './heat-steps.ts';
import type { Measure } from './host-load.ts';
import classes from './heat-map.module.css';
import { percentText } from './percent-text.ts';

/** The scale of the heat map, in words beside each shade. */
export function HeatLegend({ measure }: { measure: Measure }) {
  const { t, i18n } = useTranslation();
  const theme = useComputedColorScheme('light');
  const steps = heatSteps(measure);
  const percent = (share: number) => percentText(share, i18n.language);
  return (
    <ul className={classes.legend} aria-label={t('cloud.legend')}>
      {steps.map((step, index) => {
        const next = steps[index + 1];
        return (
          <li key={step.from}>
            <span className={classes.swatch} style={{ background: step[theme] }} aria-hidden />
            {next ? t('cloud.fromTo', { from: percent(step.from), to: percent(next.from) }) : t('cloud.over', { from: percent(step.from) })}
          </li>
        );
      })}
    </ul>
  );
}
