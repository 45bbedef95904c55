/** Database version 1: plans, runs with their log and output, waivers, pinned host keys, the audit. */

// Tables whose key is their only index are WITHOUT ROWID: one tree that can be damaged instead of two that can
// disagree.
export const sql = `
CREATE TABLE plan_revisions (
  plan_id TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('draft', 'locked')),
  hash TEXT NOT NULL, body TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at INTEGER NOT NULL,
  PRIMARY KEY (plan_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER locked_revision_kept BEFORE UPDATE ON plan_revisions WHEN old.state = 'locked'
BEGIN SELECT raise(ABORT, 'a locked revision never changes'); END;
CREATE TRIGGER locked_revision_stays BEFORE DELETE ON plan_revisions WHEN old.state = 'locked'
BEGIN SELECT raise(ABORT, 'a locked revision never changes'); END;

CREATE TABLE runs (
  run_id TEXT NOT NULL PRIMARY KEY, plan_id TEXT NOT NULL, revision INTEGER NOT NULL, plan_hash TEXT NOT NULL, graph_hash TEXT NOT NULL,
  base_dir TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL,
  status TEXT NOT NULL, outcome TEXT, started_at INTEGER, ended_at INTEGER, last_seq INTEGER NOT NULL, last_at INTEGER NOT NULL, seal INTEGER NOT NULL,
  FOREIGN KEY (plan_id, revision) REFERENCES plan_revisions (plan_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE graphs (run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (run_id), body TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  run_id TEXT NOT NULL REFERENCES runs (run_id), seq INTEGER NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_kept BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

CREATE TABLE outputs (
  run_id TEXT NOT NULL REFERENCES runs (run_id), step_id TEXT NOT NULL, attempt INTEGER NOT NULL, at_byte INTEGER NOT NULL,
  bytes INTEGER NOT NULL, written_at INTEGER NOT NULL, stream TEXT NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (run_id, step_id, attempt, at_byte)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER output_kept BEFORE UPDATE ON outputs BEGIN SELECT raise(ABORT, 'output is append-only'); END;
CREATE TRIGGER output_stays BEFORE DELETE ON outputs BEGIN SELECT raise(ABORT, 'output is append-only'); END;

CREATE TABLE outputs_left_out (
  run_id TEXT NOT NULL REFERENCES runs (run_id), step_id TEXT NOT NULL, attempt INTEGER NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY (run_id, step_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE waivers (
  plan_id TEXT NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (plan_id, revision, number),
  FOREIGN KEY (plan_id, revision) REFERENCES plan_revisions (plan_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER waiver_kept BEFORE UPDATE ON waivers BEGIN SELECT raise(ABORT, 'waivers are append-only'); END;
CREATE TRIGGER waiver_stays BEFORE DELETE ON waivers BEGIN SELECT raise(ABORT, 'waivers are append-only'); END;

CREATE TABLE pins (
  address TEXT NOT NULL, port INTEGER NOT NULL, fingerprint TEXT NOT NULL, pinned_at INTEGER NOT NULL, pinned_by TEXT NOT NULL, seal INTEGER NOT NULL,
  PRIMARY KEY (address, port)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (number INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit is append-only'); END;
CREATE TABLE audit_head (only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
`
