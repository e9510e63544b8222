import classes from './sparkline.module.css';

const [width, height] = [56, 18];

/** A trend as a line, oldest value first. The values themselves stand beside it: to a screen reader it is nothing. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return <span className={classes.line} />;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const spread = greatest - least || 1;
  const points = values.map((value, index) => [2 + (index / (values.length - 1)) * (width - 6), height - 3 - ((value - least) / spread) * (height - 6)] as const);
  const [x, y] = points.at(-1) ?? [0, 0];
  return (
    <svg width={width} height={height} className={classes.line} aria-hidden>
      <polyline points={points.map((point) => point.map((at) => at.toFixed(1)).join(',')).join(' ')} />
      <circle cx={x} cy={y} r={2.5} />
    </svg>
  );
}
