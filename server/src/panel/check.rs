//! Looks at the account and keeps what was found. Nothing in the account is changed.

use std::collections::BTreeMap;

use workshop::blueprint::{Kind, Micros, Resource, Step, of_step};
use workshop::check;
use workshop::model::{Evidence, Facts, Observation, Outcome, Phase};

use super::Greenlight;
use super::crew::Crew;
use crate::error::Error;
use crate::store::{Holding, How, ResourceRecord};

impl Greenlight {
    /// Checks a step and keeps the evidence.
    pub async fn check_step(&self, workspace: &str, step: Step) -> Result<Evidence, Error> {
        let mut crew = self.crew(workspace).await?;
        self.check_with(&mut crew, step).await
    }

    /// Whether a step was checked before.
    pub async fn was_checked(&self, workspace: &str, step: Step) -> Result<bool, Error> {
        let progress = self.parts().store.progress(workspace).await?;
        Ok(progress.steps.contains_key(&step))
    }

    pub(super) async fn check_with(&self, crew: &mut Crew, step: Step) -> Result<Evidence, Error> {
        let kinds: Vec<_> = of_step(step).map(|resource| resource.kind).collect();
        let survey = self.survey(crew, &kinds).await;
        let mut yields = crew.surroundings();
        yields.extend(survey.learned);
        let (mut findings, mut resources) = (Vec::new(), BTreeMap::new());
        for resource in of_step(step) {
            let Some(seen) = survey.seen.get(&resource.kind) else {
                continue;
            };
            let rows = check::findings(resource, seen, &crew.variables);
            if let Observation::Present(facts) = seen {
                let passed = rows.iter().all(|row| row.outcome == Outcome::Passed);
                self.claim(crew, resource.kind, facts, passed).await?;
            }
            let record = ResourceRecord {
                state: check::state(seen, &rows),
                cost_per_hour: cost(resource, seen),
            };
            resources.insert(resource.kind, record);
            findings.extend(rows);
        }
        let evidence = Evidence {
            step,
            checked_at: self.parts().clock.now(),
            findings,
        };
        self.parts()
            .store
            .save_check(&crew.workspace.name, &evidence, &resources, &yields)
            .await?;
        self.parts().hub.changed(&crew.workspace.name);
        Ok(evidence)
    }

    /// What the panel made is the attendee's, and so is, once a check passed on it, what was made
    /// elsewhere. What was noted as kept stays kept.
    async fn claim(
        &self,
        crew: &Crew,
        kind: Kind,
        facts: &Facts,
        passed: bool,
    ) -> Result<(), Error> {
        let (store, workspace) = (&self.parts().store, &crew.workspace.name);
        let how = match (store.was_made(workspace, kind).await?, passed) {
            (true, _) => How::Made,
            (false, true) => How::Adopted,
            (false, false) => return Ok(()),
        };
        let holding = Holding {
            kind,
            identifier: facts.identifier.clone(),
            how,
        };
        store
            .hold(workspace, &holding, self.parts().clock.now())
            .await?;
        Ok(())
    }
}

/// What a resource that is there costs an hour.
fn cost(resource: &Resource, seen: &Observation) -> Micros {
    match seen {
        Observation::Present(facts)
            if !matches!(facts.phase, Phase::Going(_) | Phase::Stopped(_)) =>
        {
            resource.price.hourly(facts.value("class"))
        }
        _ => 0,
    }
}
