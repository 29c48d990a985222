//! The overview with the map.

use workshop::model::{Overview, Who};

use super::Greenlight;
use super::frame::{resources, yields};
use crate::error::Error;

impl Greenlight {
    pub(super) async fn overview_page(&self, who: &Who) -> Result<Overview, Error> {
        let workspace = self.workspace(&who.workspace).await?;
        let progress = self.parts().store.progress(&who.workspace).await?;
        let variables = self.variables(&workspace, &progress);
        Ok(Overview {
            frame: self.frame(&workspace, &progress),
            resources: resources(&progress, &variables),
            yields: yields(&progress, None),
            pre_flight: self.pre_flight_view(&workspace.name, &progress),
        })
    }
}
