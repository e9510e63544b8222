/** The sync centre; `show` in the address chooses its list. */
export const syncPath = '/sync';
