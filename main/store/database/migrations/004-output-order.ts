/** Database version 4: the order in which the output of all attempts of a run arrived. */

// A tree of its own and no index: what it names and cannot be found is damage that shows, not a line that is silently
// missing.
export const sql = `
CREATE TABLE output_order (
  run_id TEXT NOT NULL REFERENCES runs (run_id), number INTEGER NOT NULL, step_id TEXT NOT NULL, attempt INTEGER NOT NULL, at_byte INTEGER NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO output_order (run_id, number, step_id, attempt, at_byte)
  SELECT run_id, row_number() OVER (PARTITION BY run_id ORDER BY written_at, step_id, attempt, at_byte), step_id, attempt, at_byte FROM outputs;
CREATE TRIGGER output_order_kept BEFORE UPDATE ON output_order BEGIN SELECT raise(ABORT, 'output is append-only'); END;
CREATE TRIGGER output_order_stays BEFORE DELETE ON output_order BEGIN SELECT raise(ABORT, 'output is append-only'); END;
`
