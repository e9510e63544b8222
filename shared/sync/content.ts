/** What is in a document, whichever version of the program wrote it. */
export type Content = Readonly<Record<string, unknown>>;
