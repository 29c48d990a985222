//! What moves: who is told when something changes, and who looks again by itself.

mod hub;
mod rechecks;
mod stream;

pub use hub::Hub;
pub use rechecks::Rechecks;
pub use stream::stream;
