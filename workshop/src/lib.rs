//! The workshop itself, in plain data: which resources people build, in which order, what is
//! expected of each, and the words that cross the wire between server and browser.
//!
//! No AWS, no Leptos, no I/O. Start reading at [`blueprint`].

pub mod blueprint;
pub mod check;
pub mod model;
pub mod panel;
