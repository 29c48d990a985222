//! Greenlight.
