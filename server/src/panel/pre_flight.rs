//! The pre-flight: one look at all that a deployment needs.

use workshop::blueprint::Step;
use workshop::check::{self, Sights, kinds};
use workshop::model::{Outcome, PreFlight, PreFlightPage, PreFlightView, Who};

use super::Greenlight;
use crate::error::Error;
use crate::store::Progress;

impl Greenlight {
    /// The page, read from what is kept.
    pub(super) async fn pre_flight_page(&self, who: &Who) -> Result<PreFlightPage, Error> {
        let workspace = self.workspace(&who.workspace).await?;
        let progress = self.parts().store.progress(&who.workspace).await?;
        self.visit_if_waiting(&who.workspace, &progress);
        Ok(PreFlightPage {
            frame: self.frame(&workspace, &progress),
            view: view(&progress),
        })
    }

    /// The pre-flight for a page of something else; there once the last step has passed.
    pub(super) fn pre_flight_view(
        &self,
        workspace: &str,
        progress: &Progress,
    ) -> Option<PreFlightView> {
        let last = Step::ALL.last()?;
        progress.state(*last).is_done().then(|| {
            self.visit_if_waiting(workspace, progress);
            view(progress)
        })
    }

    /// Looks at everything and keeps what was found. Nothing in the account is changed.
    pub async fn look_before_flight(&self, workspace: &str) -> Result<PreFlight, Error> {
        let mut crew = self.crew(workspace).await?;
        let kinds: Vec<_> = kinds().collect();
        // What is beside the resources is looked for by names, which are known already.
        let (cloud, names) = (crew.cloud.clone(), crew.variables.clone());
        let (survey, surroundings) =
            tokio::join!(self.survey(&mut crew, &kinds), cloud.surroundings(&names));
        let sights = Sights {
            resources: survey.seen,
            surroundings,
        };
        let found = check::pre_flight(&sights, &crew.variables, self.parts().clock.now());
        self.parts()
            .store
            .save_pre_flight(workspace, &found)
            .await?;
        self.parts().hub.changed(workspace);
        Ok(found)
    }

    /// Keeps what went wrong with the last action on its page, or that nothing did.
    pub async fn keep_pre_flight_problem(
        &self,
        workspace: &str,
        problem: Option<String>,
    ) -> Result<(), Error> {
        let store = &self.parts().store;
        if store.progress(workspace).await?.pre_flight_problem != problem {
            store
                .save_pre_flight_problem(workspace, problem.as_deref())
                .await?;
        }
        Ok(())
    }

    /// Whoever waits for it is looked again for, with or without JavaScript.
    fn visit_if_waiting(&self, workspace: &str, progress: &Progress) {
        let outcome = progress.pre_flight.as_ref().map(PreFlight::outcome);
        if outcome == Some(Outcome::NotYet) {
            self.parts().hub.visit(workspace);
        }
    }
}

fn view(progress: &Progress) -> PreFlightView {
    PreFlightView {
        last: progress.pre_flight.clone(),
        problem: progress.pre_flight_problem.clone(),
    }
}
