//! One file a visual element.

mod banner;
mod calls;
mod form;
mod frame;
mod handshake;
mod map;
mod pre_flight;
mod rail;
mod start_over;
mod tabs;
mod up_to;
mod waiting;
mod yields;

pub(crate) use banner::Banner;
pub(crate) use form::StepForm;
pub(crate) use frame::{Frame, Mark};
pub(crate) use handshake::Handshake;
pub(crate) use map::{MapFragment, WholeMap};
pub use pre_flight::pre_flight_address;
pub(crate) use pre_flight::{Place, PreFlightCard};
pub(crate) use start_over::StartOver;
pub(crate) use tabs::Tabs;
pub(crate) use up_to::{GoalBanner, UpTo};
pub(crate) use waiting::LookAgain;
pub(crate) use yields::Yields;
