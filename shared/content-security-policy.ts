/**
 * The one policy of the renderer, under `app://` and on loopback: nothing from outside, no inline script, no eval.
 * Style elements carry a nonce (the component library writes its variables into one); style attributes are allowed,
 * since positions of a virtual list cannot be known before.
 */
export function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Stands in index.html where each response puts its nonce. */
export const styleNoncePlaceholder = '__STYLE_NONCE__';

/** Headers beside the policy, for every answer. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;
