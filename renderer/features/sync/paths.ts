/** The sync centre; `show` in the address chooses its list. */
export const syncPath = '/sync';
export const quarantinePath = `${syncPath}?show=quarantine`;
