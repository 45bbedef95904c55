/** Database version 2: the lease of the engine, and the requests that other processes send to it. */

export const sql = `
CREATE TABLE lease (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), holder TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, boot TEXT NOT NULL,
  acquired_at INTEGER NOT NULL, heartbeat_at INTEGER NOT NULL, token TEXT NOT NULL
) STRICT;

CREATE TABLE requests (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, put_at INTEGER NOT NULL, taken_by TEXT, reply TEXT, seal INTEGER NOT NULL
) STRICT;
`
