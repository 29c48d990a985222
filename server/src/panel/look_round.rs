//! The look round when a workspace is opened: what is there already is somebody else's.

use workshop::blueprint::RESOURCES;
use workshop::model::Observation;

use super::Greenlight;
use super::crew::Crew;
use crate::error::Error;
use crate::store::{Holding, How};

impl Greenlight {
    /// Notes as *kept* what stands under a name that a whole account shares, such as
    /// `ecsTaskExecutionRole`, and does not carry this workspace's tag. Clean-up leaves it alone.
    pub(super) async fn look_round(&self, crew: &Crew) -> Result<(), Error> {
        let (store, now) = (&self.parts().store, self.parts().clock.now());
        for resource in RESOURCES.iter().filter(|resource| resource.shared_name) {
            match self.look(crew, resource.kind).await {
                Observation::Present(facts)
                    if facts.tag.as_deref() != Some(crew.workspace.name.as_str()) =>
                {
                    let holding = Holding {
                        kind: resource.kind,
                        identifier: facts.identifier,
                        how: How::Kept,
                    };
                    store.hold(&crew.workspace.name, &holding, now).await?;
                }
                // What could not be seen now may be somebody's; the look round is done again.
                Observation::Unknown(_) => return Ok(()),
                Observation::Present(_) | Observation::Absent(_) => {}
            }
        }
        store.looked_round(&crew.workspace.name, now).await?;
        Ok(())
    }
}
