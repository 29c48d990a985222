//! Makes what of a step is missing, in dependency order, and checks it.
//!
//! The job is noted before the first call and each call before it is sent. What is already there
//! is looked at first and not made again, so that the same job can be run again after a crash.

use std::collections::BTreeMap;

use workshop::blueprint::{FieldKind, Step, of_step, validate};
use workshop::model::{AccountKind, Observation, Provisioned};

use super::Greenlight;
use super::crew::Crew;
use super::missing::missing;
use super::send::Typed;
use crate::cloud::CloudErrorKind;
use crate::error::Error;
use crate::store::{Draft, Job};

impl Greenlight {
    /// Makes what of `step` is missing, with these answers.
    pub(super) async fn provision_step(
        &self,
        workspace: &str,
        step: Step,
        answers: BTreeMap<String, String>,
    ) -> Result<Provisioned, Error> {
        let _turn = self.turn(workspace).await;
        let (store, clock) = (&self.parts().store, &self.parts().clock);
        let errors: BTreeMap<_, _> = of_step(step)
            .flat_map(|resource| validate(resource, &answers))
            .map(|invalid| (invalid.name, invalid.message))
            .collect();
        let (answers, typed) = without_secrets(step, answers);
        let refused = !errors.is_empty();
        store
            .save_draft(
                workspace,
                step,
                &Draft {
                    answers: answers.clone(),
                    errors,
                    problem: None,
                },
            )
            .await?;
        if refused {
            return Ok(Provisioned::Refused);
        }
        let id = store
            .start_job(workspace, step, &answers, clock.now())
            .await?;
        let job = Job {
            id,
            workspace: workspace.to_owned(),
            step,
            answers,
        };
        self.run_job(&job, &typed).await
    }

    /// Runs a job to its end, or says why it was given up; then checks the step either way.
    pub(super) async fn run_job(&self, job: &Job, typed: &Typed) -> Result<Provisioned, Error> {
        let (store, clock) = (&self.parts().store, &self.parts().clock);
        let mut crew = self.crew(&job.workspace).await?;
        self.learn_project(&mut crew, job).await?;
        let made = self.make_missing(&mut crew, job, typed).await;
        match made {
            Ok(made) => {
                store.end_job(job.id, None, clock.now()).await?;
                self.check_with(&mut crew, job.step).await?;
                Ok(Provisioned::Made {
                    made,
                    at: clock.now(),
                })
            }
            Err(error) => {
                let told = error.told(&self.parts().chance).to_string();
                store.end_job(job.id, Some(&told), clock.now()).await?;
                self.check_with(&mut crew, job.step).await?;
                Err(Error::Refused(told))
            }
        }
    }

    /// Which project at GitLab is the attendee's, where that was entered.
    async fn learn_project(&self, crew: &mut Crew, job: &Job) -> Result<(), Error> {
        let Some(project) = job
            .answers
            .get("source_repository.project")
            .filter(|project| !project.is_empty())
        else {
            return Ok(());
        };
        crew.variables.set("project_path", project.as_str());
        let learned = BTreeMap::from([("project_path".to_owned(), project.clone())]);
        self.parts()
            .store
            .save_yields(&crew.workspace.name, &learned)
            .await?;
        Ok(())
    }

    async fn make_missing(&self, crew: &mut Crew, job: &Job, typed: &Typed) -> Result<u32, Error> {
        // What was typed stands only in memory; its being there decides which call is made.
        let mut chosen = job.answers.clone();
        chosen.extend(typed.0.clone());
        let journal = self.parts().store.journal(&crew.workspace.name).await?;
        let mut made = 0;
        for resource in of_step(job.step) {
            let seen = self.look(crew, resource.kind).await;
            if let Observation::Present(facts) = &seen {
                crew.learn(resource.kind, facts);
            }
            let calls = missing(resource, &seen, &chosen, crew, &journal);
            if calls.is_empty() {
                continue;
            }
            if calls.iter().all(|call| call.service == "source")
                && self.parts().accounts.kind() == AccountKind::Aws
            {
                // A person makes it at GitLab; the check says whether it is there.
                continue;
            }
            let is_new = matches!(seen, Observation::Absent(_));
            for call in &calls {
                if let Err(error) = self.send(crew, resource.kind, call, typed).await {
                    // Perhaps only the answer was lost: then what the call makes is there now.
                    match self.look(crew, resource.kind).await {
                        Observation::Present(facts)
                            if is_new && call.settles.is_empty() && !is_denied(&error) =>
                        {
                            crew.learn(resource.kind, &facts);
                        }
                        _ => return Err(error),
                    }
                }
            }
            if let Observation::Present(facts) = self.look(crew, resource.kind).await {
                crew.learn(resource.kind, &facts);
            }
            made += u32::from(is_new);
        }
        Ok(made)
    }
}

/// Whether the account refused for want of a permission: then no answer was lost.
fn is_denied(error: &Error) -> bool {
    matches!(error, Error::Cloud(error) if matches!(error.kind, CloudErrorKind::Denied { .. }))
}

/// Takes the passwords out of the answers.
fn without_secrets(
    step: Step,
    mut answers: BTreeMap<String, String>,
) -> (BTreeMap<String, String>, Typed) {
    let mut typed = Typed::default();
    for resource in of_step(step) {
        for field in resource
            .fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Password))
        {
            let name = format!("{}.{}", resource.kind.key(), field.key);
            if let Some(password) = answers
                .remove(&name)
                .filter(|password| !password.trim().is_empty())
            {
                typed.0.insert(name, password.trim().to_owned());
            }
        }
    }
    (answers, typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_reaches_the_draft() {
        let answers = BTreeMap::from([
            (
                "db_password.password".to_owned(),
                " postgres123 ".to_owned(),
            ),
            (
                "db_cluster.engine".to_owned(),
                "aurora-postgresql".to_owned(),
            ),
        ]);
        let (kept, typed) = without_secrets(Step::Database, answers);
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["db_cluster.engine"]);
        assert_eq!(typed.0["db_password.password"], "postgres123");
    }
}
