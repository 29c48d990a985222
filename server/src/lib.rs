//! The Greenlight server: it holds the credentials, asks the account and keeps the progress.
//!
//! A request goes one way: [`web`] finds out who asks, the page or the handler calls
//! [`panel`], and that uses [`cloud`], [`store`], [`source`] and [`accounts`].

pub mod accounts;
pub mod chance;
pub mod clock;
pub mod cloud;
pub mod command;
pub mod config;
pub mod error;
pub mod live;
pub mod panel;
pub mod source;
pub mod store;
pub mod web;
