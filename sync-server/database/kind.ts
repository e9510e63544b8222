/** The kinds of database: one file for one process, or a MySQL or MariaDB for any number of them. */
export type Kind = 'sqlite' | 'mysql';
