//! How far a workspace is. It is read once and then kept in memory: one process owns the
//! database, and whoever writes drops what is kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use sqlx::Row;
use workshop::blueprint::{Kind, Micros, Step};
use workshop::model::{Evidence, Goal, NodeState, Outcome, PreFlight, StepState, Timestamp};

use super::error::{Doing, read, write};
use super::{Draft, Store, StoreError};

/// All that is known of a workspace's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The steps that were checked.
    pub steps: BTreeMap<Step, StepRecord>,
    /// The resources that were looked at.
    pub resources: BTreeMap<Kind, ResourceRecord>,
    /// What the steps yielded.
    pub yields: BTreeMap<String, String>,
    /// What was entered.
    pub drafts: BTreeMap<Step, Draft>,
    /// What it is being brought to.
    pub goal: Option<Goal>,
    /// The last pre-flight.
    pub pre_flight: Option<PreFlight>,
    /// What went wrong with the last action on it.
    pub pre_flight_problem: Option<String>,
}

/// A step's last check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// What it found.
    pub evidence: Evidence,
    /// When the step first passed.
    pub passed_at: Option<Timestamp>,
    /// When it was first seen not to pass any more.
    pub broken_since: Option<Timestamp>,
}

/// A resource at its last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceRecord {
    /// Its state.
    pub state: NodeState,
    /// What it costs an hour.
    pub cost_per_hour: Micros,
}

impl Progress {
    /// The state of a step.
    pub fn state(&self, step: Step) -> StepState {
        match self.steps.get(&step) {
            None => StepState::NotBegun,
            Some(StepRecord {
                broken_since: Some(since),
                ..
            }) => StepState::Broken { since: *since },
            Some(StepRecord { evidence, .. }) => StepState::Checked {
                outcome: evidence.outcome(),
                warning: evidence.has_warning(),
            },
        }
    }

    /// What all that was seen costs an hour.
    pub fn cost_per_hour(&self) -> Micros {
        self.resources
            .values()
            .map(|resource| resource.cost_per_hour)
            .sum()
    }
}

impl StepRecord {
    /// The record after a new check. A step is broken while it had passed and is now wrong; what
    /// could not be told, or is still coming, changes nothing about that.
    fn after(previous: Option<&Self>, evidence: Evidence) -> Self {
        let passed_at = previous.and_then(|record| record.passed_at);
        let broken_since = previous.and_then(|record| record.broken_since);
        let at = evidence.checked_at;
        match evidence.outcome() {
            Outcome::Passed => Self {
                evidence,
                passed_at: passed_at.or(Some(at)),
                broken_since: None,
            },
            Outcome::Wrong if passed_at.is_some() => Self {
                evidence,
                passed_at,
                broken_since: broken_since.or(Some(at)),
            },
            _ => Self {
                evidence,
                passed_at,
                broken_since,
            },
        }
    }
}

/// The progress that was read, by workspace, with an age that each write raises: what was read
/// before a write is not kept after it.
#[derive(Debug, Default)]
pub(super) struct Cache(RwLock<HashMap<String, Aged>>);

/// How many writes there were, and what was read since the last.
type Aged = (u64, Option<Arc<Progress>>);

impl Cache {
    fn get(&self, workspace: &str) -> (u64, Option<Arc<Progress>>) {
        self.0
            .read()
            .ok()
            .and_then(|cache| cache.get(workspace).cloned())
            .unwrap_or_default()
    }

    fn put(&self, workspace: &str, age: u64, progress: &Arc<Progress>) {
        let Ok(mut cache) = self.0.write() else {
            return;
        };
        let entry = cache.entry(workspace.to_owned()).or_default();
        if entry.0 == age {
            entry.1 = Some(Arc::clone(progress));
        }
    }

    fn forget(&self, workspace: &str) {
        let Ok(mut cache) = self.0.write() else {
            return;
        };
        let entry = cache.entry(workspace.to_owned()).or_default();
        *entry = (entry.0 + 1, None);
    }
}

impl Store {
    /// How far a workspace is.
    pub async fn progress(&self, workspace: &str) -> Result<Arc<Progress>, StoreError> {
        let (age, known) = self.progress.get(workspace);
        if let Some(known) = known {
            return Ok(known);
        }
        let progress = Arc::new(self.load_progress(workspace).await?);
        self.progress.put(workspace, age, &progress);
        Ok(progress)
    }

    /// Keeps what a check found: the evidence, the resources' states and what they yield.
    pub async fn save_check(
        &self,
        workspace: &str,
        evidence: &Evidence,
        resources: &BTreeMap<Kind, ResourceRecord>,
        yields: &BTreeMap<String, String>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "keeping a check";
        let before = self.progress(workspace).await?;
        let record = StepRecord::after(before.steps.get(&evidence.step), evidence.clone());
        let mut transaction = self.writer.begin().await.doing(DOING)?;
        sqlx::query(
            "INSERT INTO steps (workspace, step, evidence, checked_at, passed_at, broken_since) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (workspace, step) DO UPDATE SET evidence = excluded.evidence,
                checked_at = excluded.checked_at, passed_at = excluded.passed_at, broken_since = excluded.broken_since",
        )
        .bind(workspace)
        .bind(evidence.step.key())
        .bind(write(&record.evidence))
        .bind(evidence.checked_at.0)
        .bind(record.passed_at.map(|at| at.0))
        .bind(record.broken_since.map(|at| at.0))
        .execute(&mut *transaction)
        .await
        .doing(DOING)?;
        for (kind, resource) in resources {
            sqlx::query(
                "INSERT INTO resources (workspace, kind, state, cost_per_hour) VALUES (?, ?, ?, ?)
                 ON CONFLICT (workspace, kind) DO UPDATE SET state = excluded.state, cost_per_hour = excluded.cost_per_hour",
            )
            .bind(workspace)
            .bind(kind.key())
            .bind(write(&resource.state))
            .bind(i64::try_from(resource.cost_per_hour).unwrap_or(i64::MAX))
            .execute(&mut *transaction)
            .await
            .doing(DOING)?;
        }
        write_yields(&mut transaction, workspace, yields).await?;
        transaction.commit().await.doing(DOING)?;
        self.forget_progress(workspace);
        Ok(())
    }

    /// Keeps what was found out about the account.
    pub async fn save_yields(
        &self,
        workspace: &str,
        yields: &BTreeMap<String, String>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "keeping what a step yielded";
        let mut transaction = self.writer.begin().await.doing(DOING)?;
        write_yields(&mut transaction, workspace, yields).await?;
        transaction.commit().await.doing(DOING)?;
        self.forget_progress(workspace);
        Ok(())
    }

    pub(super) fn forget_progress(&self, workspace: &str) {
        self.progress.forget(workspace);
    }

    async fn load_progress(&self, workspace: &str) -> Result<Progress, StoreError> {
        const DOING: &str = "reading the progress";
        let mut progress = Progress::default();
        let select = |sql: &'static str| sqlx::query(sql).bind(workspace).fetch_all(&self.reader);
        for row in select("SELECT * FROM steps WHERE workspace = ?")
            .await
            .doing(DOING)?
        {
            let Some(step) = Step::from_key(row.get("step")) else {
                continue;
            };
            let record = StepRecord {
                evidence: read("check", row.get("evidence"))?,
                passed_at: row.get::<Option<i64>, _>("passed_at").map(Timestamp),
                broken_since: row.get::<Option<i64>, _>("broken_since").map(Timestamp),
            };
            progress.steps.insert(step, record);
        }
        for row in select("SELECT * FROM resources WHERE workspace = ?")
            .await
            .doing(DOING)?
        {
            let Some(kind) = Kind::from_key(row.get("kind")) else {
                continue;
            };
            let cost_per_hour = u64::try_from(row.get::<i64, _>("cost_per_hour")).unwrap_or(0);
            progress.resources.insert(
                kind,
                ResourceRecord {
                    state: read("state", row.get("state"))?,
                    cost_per_hour,
                },
            );
        }
        for row in select("SELECT variable, value FROM yields WHERE workspace = ?")
            .await
            .doing(DOING)?
        {
            progress
                .yields
                .insert(row.get("variable"), row.get("value"));
        }
        for row in select("SELECT * FROM drafts WHERE workspace = ?")
            .await
            .doing(DOING)?
        {
            let Some(step) = Step::from_key(row.get("step")) else {
                continue;
            };
            let draft = Draft {
                answers: read("draft", row.get("answers"))?,
                errors: read("draft", row.get("errors"))?,
                problem: row.get("problem"),
            };
            progress.drafts.insert(step, draft);
        }
        progress.goal = self.load_goal(workspace).await?;
        (progress.pre_flight, progress.pre_flight_problem) =
            self.load_pre_flight(workspace).await?;
        Ok(progress)
    }
}

async fn write_yields(
    transaction: &mut sqlx::SqliteConnection,
    workspace: &str,
    yields: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    for (variable, value) in yields {
        sqlx::query(
            "INSERT INTO yields (workspace, variable, value) VALUES (?, ?, ?)
             ON CONFLICT (workspace, variable) DO UPDATE SET value = excluded.value",
        )
        .bind(workspace)
        .bind(variable)
        .bind(value)
        .execute(&mut *transaction)
        .await
        .doing("keeping what a step yielded")?;
    }
    Ok(())
}
