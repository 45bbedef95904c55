/** Database version 5: evidence files that people attached to the gates of a run. */

// A number as the only key: what lies in a key is read whole before it is compared, and these bodies are large.
export const sql = `
CREATE TABLE evidence (
  number INTEGER NOT NULL PRIMARY KEY, run_id TEXT NOT NULL REFERENCES runs (run_id), sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
  kept_by TEXT NOT NULL, kept_at INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
`
