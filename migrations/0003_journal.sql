-- Work that outlives a request: what was asked, until it is done or given up.
CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY,
    workspace  TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    step       TEXT NOT NULL,
    answers    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    problem    TEXT
) STRICT;

CREATE INDEX jobs_open ON jobs (workspace) WHERE ended_at IS NULL;

-- Every change to an account, written before it is sent. Secrets are never among the parameters:
-- they are resolved at the moment of sending.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    workspace TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    call      TEXT NOT NULL,
    sent_at   INTEGER NOT NULL,
    ended_at  INTEGER,
    outcome   TEXT
) STRICT;

CREATE INDEX journal_open ON journal (workspace) WHERE ended_at IS NULL;
