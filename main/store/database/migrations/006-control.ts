/** Owns version 6 of the database: the question of another process whether it may drive the run. */

export const sql = `
CREATE TABLE control (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), by TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, asked_at INTEGER NOT NULL, answer TEXT
) STRICT;
`
