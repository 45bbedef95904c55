/** Database version 8: signatures of the acceptance summary of a run. */

export const sql = `
CREATE TABLE signatures (
  run_id TEXT NOT NULL REFERENCES runs (run_id), number INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  by TEXT NOT NULL, signed_at INTEGER, sha256 TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER signature_kept BEFORE UPDATE ON signatures BEGIN SELECT raise(ABORT, 'a signature never changes'); END;
CREATE TRIGGER signature_stays BEFORE DELETE ON signatures WHEN old.signed_at IS NOT NULL BEGIN SELECT raise(ABORT, 'a signature never changes'); END;
`
