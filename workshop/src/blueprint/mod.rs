//! The graph of the workshop, written down once.
//!
//! # Add a resource
//! 1. Write `resources/<name>.rs` with one `pub const RESOURCE: Resource`.
//! 2. Add a variant to [`Kind`] and its line to [`RESOURCES`](resources::RESOURCES).
//! 3. Observe it in `server/src/cloud/observe/<name>.rs`, and add an adapter for each operation
//!    that is new in `server/src/cloud/send/<service>.rs`.
//!
//! The step page, the check, the CLI tab, the map and the cost follow from these three.

mod call;
mod cli;
mod field;
mod generated;
mod grant;
mod graph;
mod kind;
mod map;
mod names;
mod price;
mod resource;
pub mod resources;
mod setting;
mod step;
mod variables;

pub use call::{Call, Capture, Secret};
pub use cli::{Profile, command, commands, shell_quote};
pub use field::{Field, FieldKind, Inputs, InvalidField, validate};
pub use generated::{GENERATED_FILES, GeneratedFile, generated_file};
pub use grant::Grant;
pub use graph::{creation_order, deletion_order, dependents, of_step, stands_on};
pub use kind::Kind;
pub use map::{EDGES, Edge, Flow, NODES, Node};
pub use names::{Names, TAG_KEY, USUAL_REGIONS};
pub use price::{Micros, PRICES_AS_OF, Price};
pub use resource::{Need, Resource, Yield};
pub use resources::{RESOURCES, find, port_mapping};
pub use setting::{Choice, Expect, Setting, Verdict};
pub use step::Step;
pub use variables::{MissingVariable, Piece, Variables, pieces};
