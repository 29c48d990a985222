//! One file a route, and what they share: [`answer`] and [`plain`].

mod answer;
mod not_found;
mod overview;
mod plain;
mod pre_flight;
mod start;
mod step;

pub(crate) use not_found::NotFound;
pub(crate) use overview::OverviewPage;
pub(crate) use pre_flight::PreFlightPage;
pub(crate) use start::StartPage;
pub(crate) use step::StepPage;
