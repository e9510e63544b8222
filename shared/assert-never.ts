/** Makes a switch exhaustive: a case that is not handled does not compile. Throws when types were lied to. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unhandled ${what}: ${JSON.stringify(value)}`);
}
