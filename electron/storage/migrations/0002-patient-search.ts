import type { Connection } from '../connection.ts';

/**
 * Three ways to find a patient, each for what the others cannot: terms by their beginning (pinyin, initials, two
 * digits), Chinese by any character (the trigram tokenizer finds nothing under three), Latin and numbers by any
 * three characters. The tables keep no text of their own.
 *
 * The terms' tokenizer leaves every character outside ASCII as it is: they come normalised. One to four characters have
 * an index of their own; more match few enough. The telephone, national id and insurance number are looked up here too.
 * Merging eight segments at a time instead of four halves what is written for patients who come in by the thousand.
 */
export function patientSearch(connection: Connection): void {
  connection.exec(`
    CREATE VIRTUAL TABLE patient_terms USING fts5(
      terms, content = '', contentless_delete = 1, tokenize = 'ascii', detail = none, prefix = '1 2 3 4'
    );
    CREATE VIRTUAL TABLE patient_characters USING fts5(
      characters, content = '', contentless_delete = 1, tokenize = 'unicode61'
    );
    CREATE VIRTUAL TABLE patient_trigrams USING fts5(
      trigrams, content = '', contentless_delete = 1, tokenize = 'trigram'
    );
    INSERT INTO patient_terms (patient_terms, rank) VALUES ('automerge', 8);
    INSERT INTO patient_characters (patient_characters, rank) VALUES ('automerge', 8);
    INSERT INTO patient_trigrams (patient_trigrams, rank) VALUES ('automerge', 8);
  `);
}
