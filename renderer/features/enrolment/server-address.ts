/** An address as it is meant: people leave the scheme out, and copy a slash at the end. */
export function serverAddress(typed: string): string {
  const bare = typed.trim().replace(/\/+$/, '');
  return bare === '' || /^[a-z]+:\/\//i.test(bare) ? bare : `https://${bare}`;
}
