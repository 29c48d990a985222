-- An attendee's workspace. The keys are those of its simulated account; the sandbox has to verify
-- signatures with the secret, so that it cannot be kept as a hash.
CREATE TABLE workspaces (
    name              TEXT PRIMARY KEY,
    created_at        INTEGER NOT NULL,
    account_id        TEXT NOT NULL,
    access_key_id     TEXT NOT NULL UNIQUE,
    secret_access_key TEXT NOT NULL,
    git_token         TEXT NOT NULL,
    -- When the account was looked round for what was there before; null until then.
    looked_round_at   INTEGER
) STRICT;

-- One-time addresses that open a workspace in a browser; only the hash of the token is kept.
CREATE TABLE open_links (
    token_hash TEXT PRIMARY KEY,
    workspace  TEXT NOT NULL REFERENCES workspaces (name) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

-- The simulated account of a workspace, as the sandbox serialises it.
CREATE TABLE sandbox_accounts (
    workspace TEXT PRIMARY KEY REFERENCES workspaces (name) ON DELETE CASCADE,
    state     TEXT NOT NULL,
    saved_at  INTEGER NOT NULL
) STRICT;
