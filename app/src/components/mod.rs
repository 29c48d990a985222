//! One file a visual element.

mod banner;
mod calls;
mod form;
mod frame;
mod map;
mod rail;
mod start_over;
mod tabs;
mod up_to;
mod waiting;
mod yields;

pub(crate) use banner::Banner;
pub(crate) use form::StepForm;
pub(crate) use frame::{Frame, Mark};
pub(crate) use map::{MapFragment, WholeMap};
pub(crate) use start_over::StartOver;
pub(crate) use tabs::Tabs;
pub(crate) use up_to::{GoalBanner, UpTo};
pub(crate) use waiting::LookAgain;
pub(crate) use yields::Yields;
