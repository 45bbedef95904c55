/** Database version 6: the request of another process to execute the run. */

export const sql = `
CREATE TABLE control (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), by TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, asked_at INTEGER NOT NULL, answer TEXT
) STRICT;
`
