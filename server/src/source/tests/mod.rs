//! The Git host as people use it: the unmodified `git`, a real listener, a fake GitLab.

mod creation;
mod gitlab;
mod house;
mod over_http;
mod projects;
mod sample;
