//! One file a visual element.
