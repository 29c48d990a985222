-- The last check of a step.
CREATE TABLE steps (
    workspace    TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    step         TEXT NOT NULL,
    evidence     TEXT NOT NULL,
    checked_at   INTEGER NOT NULL,
    -- When it first passed; null until then.
    passed_at    INTEGER,
    -- When a step that had passed was first seen not to; null while it stands.
    broken_since INTEGER,
    PRIMARY KEY (workspace, step)
) STRICT;

-- What a resource looked like at its last check.
CREATE TABLE resources (
    workspace     TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    cost_per_hour INTEGER NOT NULL,
    PRIMARY KEY (workspace, kind)
) STRICT;

-- What the steps yielded: ARNs, endpoints, addresses.
CREATE TABLE yields (
    workspace TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    variable  TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (workspace, variable)
) STRICT;

-- What was last entered into a step's form, and what was wrong with it. Never a password.
CREATE TABLE drafts (
    workspace TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    step      TEXT NOT NULL,
    answers   TEXT NOT NULL,
    errors    TEXT NOT NULL,
    problem   TEXT,
    PRIMARY KEY (workspace, step)
) STRICT;

-- Whose a thing in the account is: made by the panel, adopted when a check passed on it, or kept
-- because it was there before. Clean-up deletes only the first two.
CREATE TABLE holdings (
    workspace  TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    identifier TEXT NOT NULL,
    how        TEXT NOT NULL CHECK (how IN ('made', 'adopted', 'kept')),
    since      INTEGER NOT NULL,
    PRIMARY KEY (workspace, kind, identifier)
) STRICT;
