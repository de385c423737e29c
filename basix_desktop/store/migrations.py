"""The schema, as steps of SQL: step *n* leads from version *n* to *n* + 1. A released step never changes.

``attempt`` keeps what was pressed (fixed for ever, under ``checksum``) and what became of it. The state machine of
reliability.md section 3 is held by triggers too, so that no error in a program rewrites what happened.
"""

from __future__ import annotations

from typing import Final

Step = tuple[str, ...]

_ATTEMPT = """
CREATE TABLE attempt (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('INTENT', 'SENDING', 'NOT_SENT', 'REJECTED', 'ACCEPTED', 'UNKNOWN')),
  server TEXT NOT NULL,
  domain TEXT NOT NULL,
  account TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  boottime INTEGER NOT NULL,
  instance TEXT NOT NULL,
  app_version TEXT NOT NULL,
  origin TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  typed TEXT NOT NULL,
  destination TEXT NOT NULL,
  destination_label TEXT NOT NULL,
  calling_number TEXT NOT NULL,
  answer_timeout INTEGER NOT NULL,
  callback_url TEXT NOT NULL,
  end_user_id TEXT NOT NULL,
  end_user_name TEXT NOT NULL,
  end_user_organization TEXT NOT NULL,
  end_user_avatar TEXT NOT NULL,
  end_user_prefecture TEXT NOT NULL,
  confirmed TEXT NOT NULL,
  checksum TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  sent_at INTEGER,
  sent_boot_id TEXT,
  sent_boottime INTEGER,
  settled_at INTEGER,
  settled_boot_id TEXT,
  settled_boottime INTEGER,
  settled_by TEXT,
  failure_id TEXT,
  failure_pbx_id TEXT NOT NULL DEFAULT '',
  failure_http_status INTEGER,
  failure_detail TEXT NOT NULL DEFAULT '',
  uuid_seen_before INTEGER NOT NULL DEFAULT 0 CHECK (uuid_seen_before IN (0, 1)),
  user_word TEXT CHECK (user_word IN ('rang', 'did_not_ring', 'dont_know')),
  user_word_at INTEGER,
  indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1)),
  bucket TEXT NOT NULL GENERATED ALWAYS AS (
    CASE state
      WHEN 'ACCEPTED' THEN 'placed'
      WHEN 'REJECTED' THEN 'not_placed'
      WHEN 'NOT_SENT' THEN 'not_placed'
      WHEN 'UNKNOWN' THEN
        CASE user_word WHEN 'rang' THEN 'placed' WHEN 'did_not_ring' THEN 'not_placed' ELSE 'to_check' END
      ELSE 'in_flight'
    END
  ) VIRTUAL,
  body TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT ''
) STRICT
"""

_FIXED = (
    "row, id, server, domain, account, created_at, boot_id, boottime, instance, app_version, origin, number, "
    "number_key, typed, destination, destination_label, calling_number, answer_timeout, callback_url, end_user_id, "
    "end_user_name, end_user_organization, end_user_avatar, end_user_prefecture, confirmed, checksum, body"
)

_FIRST: Step = (
    _ATTEMPT,
    "CREATE UNIQUE INDEX attempt_in_flight ON attempt (server, domain) WHERE state IN ('INTENT', 'SENDING')",
    "CREATE INDEX attempt_bucket ON attempt (bucket)",
    "CREATE INDEX attempt_number ON attempt (number_key)",
    "CREATE INDEX attempt_place ON attempt (domain, server)",
    "CREATE INDEX attempt_unindexed ON attempt (indexed) WHERE indexed = 0",
    """
    CREATE TABLE attempt_event (
      attempt INTEGER NOT NULL REFERENCES attempt (row) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      data TEXT NOT NULL,
      PRIMARY KEY (attempt, seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE leg (
      attempt INTEGER NOT NULL REFERENCES attempt (row) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      uuid TEXT NOT NULL,
      PRIMARY KEY (attempt, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX leg_uuid ON leg (uuid)",
    """
    CREATE TABLE attempt_text (
      row INTEGER PRIMARY KEY REFERENCES attempt (row) ON DELETE CASCADE,
      bucket TEXT NOT NULL,
      folded TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE attempt_index USING fts5 (
      tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
    )
    """,
    """
    CREATE TRIGGER attempt_born BEFORE INSERT ON attempt WHEN NEW.state <> 'INTENT'
    BEGIN SELECT RAISE(ABORT, 'an attempt begins as INTENT'); END
    """,
    """
    CREATE TRIGGER attempt_moves BEFORE UPDATE OF state ON attempt
    WHEN NEW.state <> OLD.state AND NOT (
      (OLD.state = 'INTENT' AND NEW.state IN ('SENDING', 'NOT_SENT'))
      OR (OLD.state = 'SENDING' AND NEW.state IN ('ACCEPTED', 'REJECTED', 'UNKNOWN'))
      OR (OLD.state = 'SENDING' AND NEW.state = 'NOT_SENT' AND NEW.settled_by IS OLD.instance)
      OR (OLD.state = 'UNKNOWN' AND NEW.state IN ('ACCEPTED', 'REJECTED'))
    )
    BEGIN SELECT RAISE(ABORT, 'an attempt does not move that way'); END
    """,
    f"""
    CREATE TRIGGER attempt_is_fixed BEFORE UPDATE OF {_FIXED} ON attempt
    BEGIN SELECT RAISE(ABORT, 'what was pressed does not change'); END
    """,
    """
    CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt WHEN OLD.bucket IN ('in_flight', 'to_check')
    BEGIN SELECT RAISE(ABORT, 'an open attempt is not deleted'); END
    """,
    """
    CREATE TRIGGER attempt_event_is_fixed BEFORE UPDATE ON attempt_event
    BEGIN SELECT RAISE(ABORT, 'an event does not change'); END
    """,
    """
    CREATE TRIGGER attempt_event_stays BEFORE DELETE ON attempt_event
    WHEN EXISTS (SELECT 1 FROM attempt WHERE row = OLD.attempt)
    BEGIN SELECT RAISE(ABORT, 'an event is not deleted'); END
    """,
    """
    CREATE TABLE favourite (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      server TEXT NOT NULL,
      domain TEXT NOT NULL,
      destination TEXT NOT NULL,
      label TEXT NOT NULL,
      position INTEGER NOT NULL CHECK (position >= 0),
      usual INTEGER NOT NULL DEFAULT 0 CHECK (usual IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX favourite_place ON favourite (server, domain, position)",
    "CREATE UNIQUE INDEX favourite_usual ON favourite (server, domain) WHERE usual = 1",
    """
    CREATE TABLE allowed_country (
      server TEXT NOT NULL,
      domain TEXT NOT NULL,
      country TEXT NOT NULL,
      PRIMARY KEY (server, domain, country)
    ) STRICT, WITHOUT ROWID
    """,
)

#: What the live feed told of a placed call: the row's summary, and its milestones, each once.
_LIVE: Step = (
    """
    CREATE TABLE attempt_live (
      attempt INTEGER PRIMARY KEY REFERENCES attempt (row) ON DELETE CASCADE,
      phase TEXT NOT NULL,
      connected_with TEXT NOT NULL,
      talked_ms INTEGER,
      ended_by TEXT NOT NULL,
      cause TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE milestone (
      attempt INTEGER NOT NULL REFERENCES attempt (row) ON DELETE CASCADE,
      uuid TEXT NOT NULL,
      kind TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (attempt, uuid, kind, at)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER attempt_live_ends BEFORE UPDATE ON attempt_live WHEN OLD.phase = 'ended'
    BEGIN SELECT RAISE(ABORT, 'a call that has ended stays so'); END
    """,
)

#: Results by callback: what their paths are derived from, and one result an attempt.
_RESULTS: Step = (
    "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE UNIQUE INDEX attempt_result_once ON attempt_event (attempt) WHERE kind = 'callback'",
)

#: "Don't know" is an answer too: what nobody will ever know can be deleted.
_ANSWERED: Step = (
    "DROP TRIGGER attempt_stays",
    """
    CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt
    WHEN OLD.bucket = 'in_flight' OR (OLD.bucket = 'to_check' AND OLD.user_word IS NULL)
    BEGIN SELECT RAISE(ABORT, 'an open attempt is not deleted'); END
    """,
)

#: Every step there has been, oldest first. Its length is the version this program reads and writes.
MIGRATIONS: Final[tuple[Step, ...]] = (_FIRST, _LIVE, _RESULTS, _ANSWERED)
