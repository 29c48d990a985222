//! Logs as the account's own machines write them: builds, containers.

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::logs::names;
use crate::services::logs::state::{LogGroup, LogStream};

/// Whether there is a group of that name.
pub(crate) fn exists(cx: &mut Cx, group: &str) -> bool {
    cx.region().logs.groups.contains_key(group)
}

/// Makes the group if there is none yet, as `awslogs-create-group` and builds do.
/// Whether the writer may is for the caller to ask.
pub(crate) fn open(cx: &mut Cx, group: &str) {
    let now = cx.now;
    let groups = &mut cx.region().logs.groups;
    groups
        .entry(group.to_owned())
        .or_insert_with(|| LogGroup::new(now));
}

/// Writes lines, as they are now, to the end of a stream, which is made if there is none yet.
/// Where there is no such group nothing is written, and `ResourceNotFoundException` says so.
pub(crate) fn write(
    cx: &mut Cx,
    group: &str,
    stream: &str,
    lines: impl IntoIterator<Item = String>,
) -> Result<(), Fault> {
    let now = cx.now;
    let stream = names::find(cx, group)?
        .streams
        .entry(stream.to_owned())
        .or_insert_with(|| LogStream::new(now));
    for line in lines {
        stream.add(now, line, now);
    }
    Ok(())
}
