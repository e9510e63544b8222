import JsBarcode from 'jsbarcode';

/** The quiet zone that a scanner needs on both sides, in modules. */
const quiet = 10;
const height = 40;

/** The bars of Code 128 (ISO/IEC 15417) as a string of ones and gaps. */
export function barcodeModules(text: string): string {
  const target: { encodings?: { data: string }[] } = {};
  JsBarcode(target, text, { format: 'CODE128' });
  return (target.encodings ?? []).map(({ data }) => data).join('');
}

/** A text as Code 128, sharp in any size, with the text itself below it for whoever has no scanner. */
export function Barcode({ text, label }: { text: string; label: string }) {
  const modules = barcodeModules(text);
  const bars = [...modules.matchAll(/1+/g)].map(({ 0: bar, index }) => ({ x: quiet + index, width: bar.length }));
  const width = modules.length + 2 * quiet;
  return (
    <svg viewBox={`0 0 ${width} ${height + 12}`} role="img" aria-label={label} style={{ width: '100%', maxWidth: '20rem', background: '#ffffff' }}>
      {bars.map(({ x, width: wide }) => (
        <rect key={x} x={x} y={2} width={wide} height={height - 4} fill="#000000" />
      ))}
      <text x={width / 2} y={height + 8} textAnchor="middle" fontSize="9" fontFamily="monospace" fill="#000000">
        {text}
      </text>
    </svg>
  );
}
