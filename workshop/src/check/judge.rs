//! One resource's rows of evidence.

use crate::blueprint::{Expect, Inputs, RESOURCES, Resource, Setting, Variables, Verdict, find};
use crate::model::{Fact, Facts, Finding, Near, NodeState, Observation, Outcome, Phase, Trouble};

/// The rows for `resource` as it was seen.
pub fn findings(resource: &Resource, seen: &Observation, variables: &Variables) -> Vec<Finding> {
    let row = Row {
        resource,
        variables,
    };
    match seen {
        Observation::Absent(near) => vec![row.absent(near.as_ref())],
        Observation::Unknown(trouble) => {
            vec![row.unknown("exists", resource.noun, row.article(), trouble)]
        }
        Observation::Present(facts) => row.present(facts),
    }
}

/// The state of `resource` on the map, from its rows.
pub fn state(seen: &Observation, rows: &[Finding]) -> NodeState {
    let any = |outcome| rows.iter().any(|row| row.outcome == outcome);
    match seen {
        Observation::Absent(_) => NodeState::Absent,
        Observation::Unknown(_) => NodeState::Unknown,
        Observation::Present(_) if any(Outcome::Wrong) => NodeState::Wrong,
        Observation::Present(_) if any(Outcome::NotYet) => NodeState::Coming,
        Observation::Present(_) if any(Outcome::CouldNotTell) => NodeState::Unknown,
        Observation::Present(_) => NodeState::Right,
    }
}

/// Makes the rows of a resource.
pub(super) struct Row<'a> {
    pub(super) resource: &'a Resource,
    pub(super) variables: &'a Variables,
}

impl Row<'_> {
    fn present(&self, facts: &Facts) -> Vec<Finding> {
        let status = self.status(&facts.phase);
        let settings = self
            .resource
            .settings
            .iter()
            .map(|setting| self.setting(setting, facts));
        std::iter::once(status).chain(settings).collect()
    }

    /// Whether the resource is ready; if not, why, and what to do.
    fn status(&self, phase: &Phase) -> Finding {
        let (word, outcome, cause, remedy) = match phase {
            Phase::Ready => {
                let (noun, there) = (self.resource.noun, Outcome::Passed);
                return self.row("exists", noun, self.article(), "there", there);
            }
            Phase::Coming(word) => (
                word,
                Outcome::NotYet,
                None,
                self.resource
                    .persons_part()
                    .unwrap_or("Nothing to do: it is looked at again by itself."),
            ),
            Phase::Going(word) => (
                word,
                Outcome::Wrong,
                Some("It is being deleted."),
                "Wait until it is gone, then create it again.",
            ),
            Phase::Stopped(word) => (
                word,
                Outcome::Wrong,
                Some(
                    "Somebody stopped it. AWS starts it again after seven days, and what needs it waits until then.",
                ),
                "Start it: Actions, Start in the console, or `aws rds start-db-cluster`.",
            ),
            Phase::Failed(word) => (
                word,
                Outcome::Wrong,
                Some("AWS could not make it ready, and will not try again."),
                "Look at its events in the console, delete it and create it again.",
            ),
        };
        let mut row = self.row("status", "Status", "available".to_owned(), word, outcome);
        row.cause = cause.map(str::to_owned);
        row.remedy = Some(remedy.to_owned());
        row
    }

    fn setting(&self, setting: &Setting, facts: &Facts) -> Finding {
        let expected = setting.expect.words(self.variables);
        let found = match facts.values.get(setting.key) {
            Some(Fact::Unknown(trouble)) => {
                return self.unknown(setting.key, setting.label, expected, trouble);
            }
            Some(Fact::Found(values)) => values.as_slice(),
            // AWS fills some settings in only as the resource comes up.
            None if matches!(facts.phase, Phase::Coming(_)) => {
                return self.row(
                    setting.key,
                    setting.label,
                    expected,
                    "not known yet",
                    Outcome::NotYet,
                );
            }
            None => &[],
        };
        // What it would be compared with is not known, and then nothing is wrong yet.
        if let Some(missing) = setting.expect.missing(self.variables) {
            let trouble = awaited(&missing.0);
            return self.unknown(setting.key, setting.label, expected, &trouble);
        }
        let verdict = setting.expect.judge(found, self.variables);
        let outcome = if verdict == Verdict::Wrong {
            Outcome::Wrong
        } else {
            Outcome::Passed
        };
        let mut row = self.row(
            setting.key,
            setting.label,
            expected,
            &shown(setting, found),
            outcome,
        );
        match verdict {
            Verdict::Right => {}
            Verdict::RightBut(warning) => row.warning = Some(warning.to_owned()),
            Verdict::Wrong => {
                row.cause = Some(self.variables.fill_loosely(setting.cause));
                row.remedy = Some(self.variables.fill_loosely(setting.remedy));
                let chosen = std::collections::BTreeMap::new();
                row.fixable = !(self.resource.repair)(
                    setting.key,
                    &Inputs::new(self.resource, &chosen, self.variables),
                )
                .is_empty();
            }
        }
        row
    }

    fn absent(&self, near: Option<&Near>) -> Finding {
        if let (Some(gain), None) = (self.resource.optional, near) {
            let mut row = self.row(
                "exists",
                self.resource.noun,
                "optional".to_owned(),
                "none",
                Outcome::Passed,
            );
            row.warning = Some(gain.to_owned());
            return row;
        }
        let found = match near {
            None => "none".to_owned(),
            Some(Near::Name(name)) => format!("none, but {name} is there"),
            Some(Near::Region(region)) => format!("none here, but one in {region}"),
        };
        let mut row = self.row(
            "exists",
            self.resource.noun,
            self.article(),
            &found,
            Outcome::Wrong,
        );
        (row.cause, row.remedy) = match near {
            None => self.of_nothing(),
            Some(Near::Name(name)) => (
                Some(format!(
                    "The name is a slip away: {name} instead of {}.",
                    row.name
                )),
                Some(format!(
                    "Create it again as {}, and delete {name}: names cannot be changed.",
                    row.name
                )),
            ),
            Some(Near::Region(region)) => (
                Some(format!(
                    "The console or the CLI was set to {region} when it was created."
                )),
                Some(format!(
                    "Switch to {}, create it again there, and delete the one in {region}.",
                    self.variables
                        .get("region")
                        .unwrap_or("the workshop's Region")
                )),
            ),
        };
        row
    }

    /// Cause and remedy where nothing of the kind is there.
    fn of_nothing(&self) -> (Option<String>, Option<String>) {
        let (cause, remedy) = match self.resource.comes_from().map(find) {
            Some(source) => (
                format!(
                    "Nobody makes this: it comes by itself from the {} {}.",
                    source.noun,
                    self.variables.fill_loosely(source.name)
                ),
                format!(
                    "Check step {}: what is missing or wrong there keeps it away.",
                    source.step.number()
                ),
            ),
            None => (
                "It was not created yet, or in another account.".to_owned(),
                format!(
                    "Create it in one of the three ways above, named exactly {}.",
                    self.variables.fill_loosely(self.resource.name)
                ),
            ),
        };
        (Some(cause), Some(remedy))
    }

    /// A row of what could not be looked at.
    pub(super) fn unknown(
        &self,
        key: &str,
        looked_at: &str,
        expected: String,
        trouble: &Trouble,
    ) -> Finding {
        let mut row = self.row(
            key,
            looked_at,
            expected,
            "could not be looked at",
            Outcome::CouldNotTell,
        );
        row.cause = Some(trouble.sentence.clone());
        row.remedy = Some(trouble.remedy.clone());
        row
    }

    /// A row with nothing to say but what was found.
    pub(super) fn row(
        &self,
        key: &str,
        looked_at: &str,
        expected: String,
        found: &str,
        outcome: Outcome,
    ) -> Finding {
        Finding {
            kind: self.resource.kind,
            setting: key.to_owned(),
            looked_at: looked_at.to_owned(),
            name: self.variables.fill_loosely(self.resource.name),
            expected,
            found: found.to_owned(),
            outcome,
            warning: None,
            cause: None,
            remedy: None,
            fixable: false,
            console: self.console(),
        }
    }

    /// Where AWS's console shows it; a simulated account has no console, and nothing of it leads
    /// there.
    fn console(&self) -> Option<String> {
        self.variables
            .get("account_kind")
            .filter(|kind| *kind == "aws")?;
        self.variables.fill(self.resource.console).ok()
    }

    /// "an IAM role", "an ECS cluster", "a load balancer"; "container instances", which are several.
    fn article(&self) -> String {
        let noun = self.resource.noun;
        let first = noun.split(' ').next().unwrap_or(noun);
        let is_acronym = first.len() > 1
            && first
                .chars()
                .all(|char| char.is_uppercase() || char.is_ascii_digit());
        let is_name = is_acronym
            || [
                "Aurora",
                "Git",
                "Auto",
                "Application",
                "CodeBuild",
                "CodeDeploy",
            ]
            .contains(&first);
        let spoken_with_a_vowel = if is_acronym {
            noun.starts_with(['A', 'E', 'I', 'S'])
        } else {
            noun.starts_with(['A', 'E', 'I', 'O'])
        };
        let noun = if is_name {
            noun.to_owned()
        } else {
            noun.to_lowercase()
        };
        if noun.ends_with('s') {
            noun
        } else {
            format!("{} {noun}", if spoken_with_a_vowel { "an" } else { "a" })
        }
    }
}

/// Why there is nothing to compare with: a step that yields it was not done, or not checked.
fn awaited(variable: &str) -> Trouble {
    let origin = RESOURCES.iter().find_map(|resource| {
        let yielded = resource
            .yields
            .iter()
            .find(|yielded| yielded.variable == variable)?;
        Some((resource.step.number(), yielded.label))
    });
    match origin {
        Some((step, label)) => Trouble {
            sentence: format!(
                "It is compared with the value “{label}” of step {step}, which is not known yet."
            ),
            remedy: format!("Do step {step} and check it, then check this step again."),
        },
        None => Trouble {
            sentence: format!(
                "It is compared with the account's {}, which is not known yet.",
                variable.replace('_', " ")
            ),
            remedy: "Check again.".to_owned(),
        },
    }
}

/// The values as the evidence shows them.
fn shown(setting: &Setting, found: &[String]) -> String {
    if found.is_empty() {
        return if matches!(setting.expect, Expect::Rule { .. } | Expect::Includes(_)) {
            "none"
        } else {
            "not set"
        }
        .to_owned();
    }
    found.join(", ")
}
