//! One file a route.

mod not_found;
mod overview;
mod start;
mod step;

pub(crate) use not_found::NotFound;
pub(crate) use overview::OverviewPage;
pub(crate) use start::StartPage;
pub(crate) use step::StepPage;
