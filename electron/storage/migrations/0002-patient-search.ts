import type { Connection } from '../connection.ts';

/**
 * Three ways to find a patient, each for what the others cannot: terms by their beginning (pinyin, initials, two
 * digits), Chinese by any character (the trigram tokenizer finds nothing under three), Latin and numbers by any
 * three characters. The full-text tables keep no text of their own.
 */
export function patientSearch(connection: Connection): void {
  connection.exec(`
    CREATE TABLE patient_terms (
      term TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (term, position)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE patient_characters USING fts5(
      characters, content = '', contentless_delete = 1, tokenize = 'unicode61'
    );
    CREATE VIRTUAL TABLE patient_trigrams USING fts5(
      trigrams, content = '', contentless_delete = 1, tokenize = 'trigram'
    );
  `);
}
