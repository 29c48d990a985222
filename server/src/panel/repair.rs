//! Puts one setting right, then checks the step again.

use std::collections::BTreeMap;

use workshop::blueprint::{Inputs, Kind, find};
use workshop::model::Observation;

use super::Greenlight;
use super::send::Typed;
use crate::error::Error;

impl Greenlight {
    /// Sends the calls that put `setting` of `kind` right.
    pub(super) async fn repair_setting(
        &self,
        workspace: &str,
        kind: Kind,
        setting: &str,
    ) -> Result<(), Error> {
        let _turn = self.turn(workspace).await;
        let resource = find(kind);
        let mut crew = self.crew(workspace).await?;
        let Observation::Present(facts) = self.look(&crew, kind).await else {
            return Err(Error::Refused(format!(
                "There is no {} to put right; create it first.",
                resource.noun
            )));
        };
        crew.learn(kind, &facts);
        let progress = self.parts().store.progress(workspace).await?;
        let nothing = BTreeMap::new();
        let chosen = progress
            .drafts
            .get(&resource.step)
            .map_or(&nothing, |draft| &draft.answers);
        let calls = (resource.repair)(setting, &Inputs::new(resource, chosen, &crew.variables));
        if calls.is_empty() {
            return Err(Error::Refused(
                "This one has to be put right by hand; the row says how.".to_owned(),
            ));
        }
        for call in &calls {
            self.send(&mut crew, kind, call, &Typed::default()).await?;
        }
        self.check_with(&mut crew, resource.step).await?;
        Ok(())
    }
}
