//! The Greenlight server.
fn main() {}
