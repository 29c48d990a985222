//! What moves: who is told when something changes, who looks again by itself, and
//! who goes on by itself.

mod goals;
mod hub;
mod rechecks;
mod stream;

pub use goals::Goals;
pub use hub::Hub;
pub use rechecks::Rechecks;
pub use stream::stream;
